package io.credence.bayes.linalg;

/**
 * Standard normal numbers by the thousand: stretches of a table that was drawn once, each from a place that a key
 * decides.
 *
 * <p>For noise that is averaged over steps. Single numbers, and samples that a whole version of a model shares, come
 * from {@link CounterRandom}.
 */
public final class NormalTable {
    /*
     * After the noise table of Salimans et al. (2017), section 2.1. The second half of the table is the first with the
     * other sign, and the mean square is 1: over all places where a stretch may begin, every number of it has mean 0 and
     * variance 1, and any two of different stretches are uncorrelated, exactly. Within a stretch numbers are as
     * independent as those of the generator. 0.1 ns a number, where a draw takes 5. The table is small enough for the
     * second-level cache.
     */
    static final int SIZE = 1 << 16;

    private static final float[] NUMBERS = new float[SIZE];

    static {
        CounterRandom noise = CounterRandom.of(SIZE, 0, 0, 0);
        int half = SIZE / 2;
        double[] drawn = new double[half];
        double square = 0;
        for (int i = 0; i < half; i++) {
            drawn[i] = noise.gaussian();
            square += drawn[i] * drawn[i];
        }
        double scale = Math.sqrt(half / square);
        for (int i = 0; i < half; i++) {
            NUMBERS[i] = (float) (scale * drawn[i]);
            NUMBERS[half + i] = -NUMBERS[i];
        }
    }

    private NormalTable() {}

    /**
     * Fills the first {@code n} places with standard normal numbers.
     *
     * @param place decides where in the table they lie; one number of it is used for each {@value #SIZE}
     */
    public static void fill(CounterRandom place, float[] out, int n) {
        for (int at = 0; at < n; at += SIZE) {
            int from = (int) place.below(SIZE);
            int count = Math.min(SIZE, n - at);
            int first = Math.min(count, SIZE - from);
            System.arraycopy(NUMBERS, from, out, at, first);
            System.arraycopy(NUMBERS, 0, out, at + first, count - first);
        }
    }
}
