package io.credence.bayes.network;

import io.credence.bayes.linalg.Gemm;

/**
 * The covariance of the weights that a network's one output is made with, correlations among them, as Σ = UᵀU.
 *
 * <p>Threads may share it.
 */
public final class OutputCovariance {
    /** None: the variances of the single weights are all that is known. */
    public static final OutputCovariance NONE = new OutputCovariance(0, new float[0]);

    private final int size;
    private final float[] u;

    /**
     * @param size weights of the output, with that of its bias behind them
     * @param u U, [size × size] row by row; owned by this value
     */
    public OutputCovariance(int size, float[] u) {
        this.size = size;
        this.u = u;
    }

    /** Whether there is none. */
    public boolean isNone() {
        return size == 0;
    }

    /**
     * The variance φᵀΣφ of one event's output.
     *
     * @param features φ with a one behind them, [size]
     */
    public double variance(float[] features) {
        double variance = 0;
        for (int j = 0; j < size; j++) {
            double part = Gemm.dot(size, u, j * size, features);
            variance += part * part;
        }
        return variance;
    }

    /**
     * Adds φᵀΣφ = |Uφ|² of {@code n} events.
     *
     * @param features φ with a one behind them, unit by unit, [size × n]
     * @param product receives Uφ, [size × n]
     * @param variance of each event from {@code at} on
     */
    void add(int n, float[] features, float[] product, double[] variance, int at) {
        if (n == 1) {
            variance[at] += variance(features);
            return;
        }
        Gemm.nn(size, n, size, u, features, 0, product);
        for (int j = 0; j < size; j++) {
            for (int i = 0; i < n; i++) {
                variance[at + i] += (double) product[j * n + i] * product[j * n + i];
            }
        }
    }
}
