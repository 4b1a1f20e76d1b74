package io.credence.bayes.drift;

/**
 * What the bank's models regress on: for the mean h = [1, f, last residual, last label (two classes), x], for the
 * log-variance φ = [1, f, f²/4, log recent volatility].
 */
final class Regressors {
    /*
     * Above WIDEST columns x is folded into WIDEST sums with random signs (Weinberger et al. 2009), so that the bank's
     * cost does not grow with the square of the features.
     */
    static final int VARIANCE_TERMS = 4;
    private static final int WIDEST = 60;
    private static final double VOLATILITY_MEMORY = 0.9;

    final double[] mean;
    final double[] variance = new double[VARIANCE_TERMS];
    final int small;
    private final boolean binary;

    Regressors(int columns, boolean binary) {
        this.binary = binary;
        this.small = small(binary);
        this.mean = new double[full(columns, binary)];
    }

    /** Regressors of a small correction. */
    static int small(boolean binary) {
        return binary ? 4 : 3;
    }

    /** Regressors of a full correction. */
    static int full(int columns, boolean binary) {
        return small(binary) + Math.min(columns, WIDEST);
    }

    void fill(float[] x, double output, Recent recent, double age) {
        double f = clip(output, binary ? 6 : 4);
        double lag = Double.isInfinite(age) ? 0 : Math.pow(recent.autocorrelation(), age);
        mean[0] = 1;
        mean[1] = f;
        mean[2] = lag * recent.residual();
        if (binary) {
            mean[3] = lag * recent.label();
        }
        int wide = mean.length - small;
        for (int i = 0; i < wide; i++) {
            mean[small + i] = x.length <= WIDEST ? x[i] : 0;
        }
        double scale = Math.sqrt((double) wide / x.length);
        for (int i = 0; x.length > WIDEST && i < x.length; i++) {
            int hash = (i + 1) * 0x9E3779B9;
            mean[small + i % wide] += ((hash ^ (hash >>> 15)) & 1) == 0 ? scale * x[i] : -scale * x[i];
        }
        double decay = Double.isInfinite(age) ? 0 : Math.pow(VOLATILITY_MEMORY, age);
        variance[0] = 1;
        variance[1] = f;
        variance[2] = f * f / 4;
        variance[3] = clip(Math.log(1 + (recent.volatility() - 1) * decay), 3);
    }

    static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
