package io.credence.bayes.predict;

/**
 * The distribution function of a negative binomial or Poisson count by adding up all probabilities that are not nothing,
 * outwards from the most frequent count, and dividing by their sum: no gamma function, and each tail from its own end.
 */
final class SummedCounts {
    private final int from;
    private final double[] below;
    private final double[] above;

    SummedCounts(double mean, double variance) {
        double deviation = Math.sqrt(variance);
        this.from = (int) Math.max(0, Math.floor(mean - 14 * deviation));
        int n = (int) Math.ceil(mean + 30 * deviation + 60 * variance / mean + 200) - from + 1;
        double shape = mean * mean / (variance - mean);
        double[] p = new double[n];
        int most = (int) Math.max(0, Math.floor(variance > mean ? (shape - 1) * mean / shape : mean)) - from;
        p[most] = 1;
        for (int i = most; i + 1 < n; i++) {
            p[i + 1] = p[i] * ratio(from + (double) i, mean, variance);
        }
        for (int i = most; i > 0; i--) {
            p[i - 1] = p[i] / ratio(from + i - 1.0, mean, variance);
        }
        this.below = new double[n];
        this.above = new double[n];
        for (int i = 0; i < n; i++) {
            below[i] = p[i] + (i > 0 ? below[i - 1] : 0);
        }
        double total = below[n - 1];
        for (int i = n - 2; i >= 0; i--) {
            above[i] = p[i + 1] + above[i + 1];
        }
        for (int i = 0; i < n; i++) {
            below[i] /= total;
            above[i] /= total;
        }
    }

    private static double ratio(double k, double mean, double variance) {
        double shape = mean * mean / (variance - mean);
        return variance > mean ? (k + shape) / (k + 1) * (mean / (mean + shape)) : mean / (k + 1);
    }

    /** P(Y ≤ k), or P(Y &gt; k) for z ≥ 0. */
    double tail(double k, boolean upper) {
        int i = (int) Math.min(below.length - 1, k - from);
        return i < 0 ? upper ? 1 : 0 : upper ? above[i] : below[i];
    }

    double quantile(double z) {
        double aim = Normal.above(Math.abs(z));
        int i = 0;
        while (z < 0 ? below[i] < aim : above[i] > aim) {
            i++;
        }
        return (double) from + i;
    }
}
