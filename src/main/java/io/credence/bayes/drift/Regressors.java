package io.credence.bayes.drift;

import java.util.Arrays;

/**
 * What the bank's models regress on: for the mean h = [1, f, last residual less the base, last label (two classes), x], for
 * the log-variance φ = [1, f, f²/4, log recent volatility].
 */
final class Regressors {
    /*
     * More columns than are taken singly are folded into as many sums with random signs (Weinberger et al. 2009), so
     * that the cost of a bank does not grow with the square of the features.
     */
    static final int VARIANCE_TERMS = 4;
    private static final double REAL_LIMIT = 4;
    private static final double LOGIT_LIMIT = 6;
    private static final double VOLATILITY_MEMORY = 0.9;

    final double[] mean;
    final double[] variance;
    final int small;
    /** What all corrections are added to: 0 unless the level of the labels walks. */
    double base;

    private final boolean binary;

    /**
     * @param columns of the features that are taken singly
     * @param binary whether the label is one of two classes
     */
    Regressors(int columns, boolean binary) {
        this(binary, new double[small(binary) + columns], new double[VARIANCE_TERMS]);
    }

    private Regressors(boolean binary, double[] mean, double[] variance) {
        this.binary = binary;
        this.small = small(binary);
        this.mean = mean;
        this.variance = variance;
    }

    Regressors copy() {
        Regressors copy = new Regressors(binary, mean.clone(), variance.clone());
        copy.base = base;
        return copy;
    }

    /** Regressors of a small correction. */
    static int small(boolean binary) {
        return binary ? 4 : 3;
    }

    /**
     * Fills in what is known of an event.
     *
     * @param last what the last labels were
     * @param keep what is left of them, by age
     */
    void fill(float[] x, double output, Recent.Last last, double keep, double age) {
        double f = clip(output, binary ? LOGIT_LIMIT : REAL_LIMIT);
        mean[0] = 1;
        mean[1] = f;
        base = last.base();
        mean[2] = keep * (last.residual() - base);
        if (binary) {
            mean[3] = keep * last.label();
        }
        int wide = mean.length - small;
        for (int i = 0; i < wide; i++) {
            mean[small + i] = x.length <= wide ? x[i] : 0;
        }
        double scale = Math.sqrt((double) wide / x.length);
        for (int i = 0; x.length > wide && i < x.length; i++) {
            int hash = (i + 1) * 0x9E3779B9;
            mean[small + i % wide] += ((hash ^ (hash >>> 15)) & 1) == 0 ? scale * x[i] : -scale * x[i];
        }
        double decay = Double.isInfinite(age) ? 0 : Math.pow(VOLATILITY_MEMORY, age);
        variance[0] = 1;
        output(f);
        variance[3] = clip(Math.log(1 + (last.volatility() - 1) * decay), 3);
    }

    /** Follows a change of the unit of a real target, y' = factor·y + shift. */
    void rescale(double factor, double shift) {
        mean[1] = clip(factor * mean[1] + shift, REAL_LIMIT);
        mean[2] *= factor;
        base *= factor;
        output(mean[1]);
    }

    private void output(double f) {
        variance[1] = f;
        variance[2] = f * f / 4;
    }

    /** Of an event that tells nothing: only time passes. */
    void clear() {
        base = 0;
        Arrays.fill(mean, 0);
        Arrays.fill(variance, 0);
    }

    static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
