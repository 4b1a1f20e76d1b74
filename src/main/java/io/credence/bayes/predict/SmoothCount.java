package io.credence.bayes.predict;

/**
 * A count that is as good as continuous: the gamma distribution of the same mean, variance and skewness as the negative
 * binomial (Pearson's type III), whose tail a whole count and a half begins.
 */
final class SmoothCount {
    private final IncompleteGamma gamma;
    private final double from;
    private final double scale;

    SmoothCount(double mean, double variance) {
        double deviation = Math.sqrt(Math.max(mean, variance));
        double skewness = (2 * Math.max(1, variance / mean) - 1) / deviation;
        this.gamma = new IncompleteGamma(4 / (skewness * skewness));
        this.scale = deviation * skewness / 2;
        this.from = mean - 2 * deviation / skewness;
    }

    /** P(Y &gt; k). */
    double above(double k) {
        return gamma.above((k + 0.5 - from) / scale);
    }

    /** P(Y ≤ k). */
    double below(double k) {
        return gamma.below((k + 0.5 - from) / scale);
    }

    /** The smallest count whose cumulative probability reaches Φ(z). */
    double quantile(double z) {
        return Math.max(0, Math.ceil(from + scale * gamma.quantile(z) - 0.5));
    }
}
