package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The numbers are a function of their key, and as normal or uniform as they should be. */
class CounterRandomTest {
    private static final int N = 400_000;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    @Test
    void shouldGiveTheSameNumbersWhenTheKeyIsTheSame() {
        assertArrayEquals(draw(CounterRandom.of(1, 2, 3, 4)), draw(CounterRandom.of(1, 2, 3, 4)), 0f);
    }

    /** The generator of the JDK is SplitMix64 too: its first number is the hash of the seed and {@link #GOLDEN}. */
    @Test
    void shouldDrawTheBitsOfSplitMix64WhenTheKeyIsHashed() {
        long key = mix(mix(mix(mix(1) ^ 2) + GOLDEN * 3) ^ 4);
        SplittableRandom reference = new SplittableRandom(key);
        CounterRandom random = CounterRandom.of(1, 2, 3, 4);
        for (int i = 0; i < 100; i++) {
            assertEquals(((reference.nextLong() >>> 12) + 0.5) / (1L << 52), random.uniform());
        }
    }

    /** Fowler, Noll and Vo give the hash of the word. */
    @Test
    void shouldHashANameByFnv1aWhenItIsAKey() {
        assertEquals(mix(0x85944171f73967e8L), CounterRandom.hash("foobar"));
    }

    private static long mix(long z) {
        return new SplittableRandom(z - GOLDEN).nextLong();
    }

    @Test
    void shouldGiveOtherNumbersWhenAnyPartOfTheKeyDiffers() {
        Set<Float> firsts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            firsts.add(draw(CounterRandom.of(i, 0, 0, 0))[0]);
            firsts.add(draw(CounterRandom.of(0, i + 1, 0, 0))[0]);
            firsts.add(draw(CounterRandom.of(0, 0, i + 1, 0))[0]);
            firsts.add(draw(CounterRandom.of(0, 0, 0, i + 1))[0]);
        }
        assertEquals(200, firsts.size());
    }

    @Test
    void shouldBeUncorrelatedWhenStepsFollowEachOther() {
        double product = 0;
        for (int step = 0; step < N; step++) {
            product += CounterRandom.of(9, 0, step, 1).gaussian()
                    * CounterRandom.of(9, 0, step + 1, 1).gaussian();
        }
        assertEquals(0, product / N, 5 / Math.sqrt(N));
    }

    @Test
    void shouldHaveNormalMomentsWhenDrawnOften() {
        CounterRandom noise = CounterRandom.of(11, 0, 0, 0);
        double[] sums = new double[5];
        for (int i = 0; i < N; i++) {
            double x = noise.gaussian();
            for (int p = 1; p <= 4; p++) {
                sums[p] += Math.pow(x, p) / N;
            }
        }
        double error = 1 / Math.sqrt(N);
        assertEquals(0, sums[1], 5 * error, "mean");
        assertEquals(1, sums[2], 5 * error * Math.sqrt(2), "variance");
        assertEquals(0, sums[3], 5 * error * Math.sqrt(15), "skewness");
        assertEquals(3, sums[4], 5 * error * Math.sqrt(96), "kurtosis");
    }

    @Test
    void shouldMatchTheNormalDistributionWhenBinnedIncludingTails() {
        CounterRandom noise = CounterRandom.of(12, 0, 0, 0);
        int bins = 82;
        double[] counts = new double[bins];
        for (int i = 0; i < 4 * N; i++) {
            double x = noise.gaussian();
            int bin = (int) Math.floor(x * 10) + bins / 2;
            counts[Math.max(0, Math.min(bins - 1, bin))]++;
        }
        double chi2 = 0;
        for (int i = 0; i < bins; i++) {
            double low = i == 0 ? Double.NEGATIVE_INFINITY : (i - bins / 2) / 10.0;
            double high = i == bins - 1 ? Double.POSITIVE_INFINITY : (i + 1 - bins / 2) / 10.0;
            double expected = 4.0 * N * (normalCdf(high) - normalCdf(low));
            chi2 += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        /* 81 degrees of freedom: mean 81, deviation 12.7; five deviations. */
        assertTrue(chi2 < 81 + 5 * 12.7, "χ² = " + chi2);
    }

    @Test
    void shouldHaveTheRightTailWhenBeyondTheLastLayer() {
        CounterRandom noise = CounterRandom.of(13, 0, 0, 0);
        int low = 0;
        int high = 0;
        double excess = 0;
        int draws = 10 * N;
        double r = 3.442619855899;
        for (int i = 0; i < draws; i++) {
            double x = noise.gaussian();
            low += x < -r ? 1 : 0;
            high += x > r ? 1 : 0;
            excess += Math.abs(x) > r ? Math.abs(x) - r : 0;
        }
        double expected = draws * normalCdf(-r);
        assertEquals(expected, low, 5 * Math.sqrt(expected));
        assertEquals(expected, high, 5 * Math.sqrt(expected));
        double density = Math.exp(-r * r / 2) / Math.sqrt(2 * Math.PI);
        double meanExcess = density / normalCdf(-r) - r;
        assertEquals(meanExcess, excess / (low + high), 5 * meanExcess / Math.sqrt(2 * expected));
    }

    @Test
    void shouldBeUniformWhenDrawnBelowABound() {
        CounterRandom noise = CounterRandom.of(14, 0, 0, 0);
        int bound = 37;
        double[] counts = new double[bound];
        for (int i = 0; i < N; i++) {
            counts[(int) noise.below(bound)]++;
        }
        double expected = (double) N / bound;
        double chi2 = 0;
        for (double count : counts) {
            chi2 += (count - expected) * (count - expected) / expected;
        }
        assertTrue(chi2 < 36 + 5 * Math.sqrt(72), "χ² = " + chi2);
    }

    @Test
    void shouldStayInsideWhenTheBoundIsExtreme() {
        CounterRandom noise = CounterRandom.of(15, 0, 0, 0);
        long bound = (1L << 62) - 1;
        double mean = 0;
        for (int i = 0; i < 10_000; i++) {
            assertEquals(0, noise.below(1));
            long large = noise.below(bound);
            assertTrue(large >= 0 && large < bound);
            mean += (double) large / bound / 10_000;
            double u = noise.uniform();
            assertTrue(u > 0 && u < 1);
        }
        assertEquals(0.5, mean, 0.02);
    }

    @Test
    void shouldTellNamesApartWhenHashed() {
        assertNotEquals(CounterRandom.hash("a"), CounterRandom.hash("b"));
        assertNotEquals(CounterRandom.hash("ab"), CounterRandom.hash("ba"));
        assertNotEquals(CounterRandom.hash(""), CounterRandom.hash("\u0000"));
    }

    private static float[] draw(CounterRandom noise) {
        float[] values = new float[20];
        noise.fill(values, 20);
        return values;
    }

    /** Φ(x) by the continued fraction of the tail beyond 2 and a series before it. */
    private static double normalCdf(double x) {
        if (Double.isInfinite(x)) {
            return x > 0 ? 1 : 0;
        }
        if (x > 0) {
            return 1 - normalCdf(-x);
        }
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x < -2) {
            double fraction = 0;
            for (int k = 200; k >= 1; k--) {
                fraction = k / (-x + fraction);
            }
            return density / (-x + fraction);
        }
        double term = x;
        double sum = x;
        for (int k = 1; k < 60; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 + density * sum;
    }
}
