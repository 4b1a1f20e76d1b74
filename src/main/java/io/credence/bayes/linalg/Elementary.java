package io.credence.bayes.linalg;

/** Functions of a few numbers, exact to double precision; hot loops have {@link FastMath}. */
public final class Elementary {
    private Elementary() {}

    /** 1/(1 + e^−z). */
    public static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** The index of the largest number, the first of equals; 0 if there is none. */
    public static int largest(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }

    /** The index, counted from {@code at}, of the largest of {@code n} numbers, the first of equals. */
    public static int largest(float[] values, int at, int n) {
        int best = 0;
        for (int k = 1; k < n; k++) {
            best = values[at + k] > values[at + best] ? k : best;
        }
        return best;
    }
}
