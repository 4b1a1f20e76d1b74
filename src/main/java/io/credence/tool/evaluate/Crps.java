package io.credence.tool.evaluate;

import io.credence.bayes.predict.CountPrediction;

/**
 * The continuous ranked probability score ∫ (F(x) − 1{x ≥ y})² dx of a predictive distribution F and a label y, in target
 * units; less is better (Gneiting and Raftery 2007, section 4.2).
 */
final class Crps {
    private Crps() {}

    /** Of a Gaussian: σ [z (2Φ(z) − 1) + 2φ(z) − 1/√π] with z = (y − μ)/σ; |y − μ| where σ is 0. */
    static double gaussian(double mean, double deviation, double label) {
        if (!(deviation > 0)) {
            return Math.abs(label - mean);
        }
        double z = (label - mean) / deviation;
        double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
        return deviation * (z * erf(z / Math.sqrt(2)) + 2 * density - 1 / Math.sqrt(Math.PI));
    }

    /**
     * Of a count: Σₖ (F(k) − 1{k ≥ y})² over the whole numbers; where that would be thousands of terms, of the Gaussian with
     * the same mean and variance, which is then as good.
     */
    static double count(CountPrediction prediction, double label) {
        double summed = prediction.rankedScore(label);
        return Double.isNaN(summed) ? gaussian(prediction.mean(), prediction.deviation(), label) : summed;
    }

    /**
     * The error function to 1e-15 or so: its Maclaurin series for small |x|, the continued fraction of its complement
     * (Abramowitz and Stegun 7.1.6, 7.1.14) for large.
     */
    static double erf(double x) {
        double a = Math.abs(x);
        if (a > 6) {
            return Math.signum(x);
        }
        return a < 2.5 ? series(x) : Math.signum(x) * (1 - fraction(a));
    }

    private static double series(double x) {
        double term = 2 * x / Math.sqrt(Math.PI) * Math.exp(-x * x);
        double sum = term;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double x) {
        double tail = x;
        for (int n = 60; n >= 1; n--) {
            tail = x + n / 2.0 / tail;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
    }
}
