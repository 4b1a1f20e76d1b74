package io.credence.bayes.inference;

/**
 * The variance of the observation noise, learned from test-then-train errors, in squared standardised target units.
 *
 * <p>Stored as two numbers: the variance, and the running mean of the squared errors.
 *
 * <p>Errors of events that were not yet trained on do not shrink by over-fitting, unlike those of replayed ones.
 */
final class ObservationNoise {
    /*
     * Exponentially weighted mean of (squared error − epistemic variance, held to the mean square) with weight
     * max(K/(t + K), 1/H): fast while the first errors are large, then a window of H events. The estimate is at least a share of the mean squared
     * error, and one error counts as at most OUTLIER times the expected square.
     */
    static final int LENGTH = 2;

    private static final double K = 5;
    private static final double H = 1000;
    private static final double SHARE = 0.05;
    private static final double OUTLIER = 25;
    private static final double TINY = 1e-6;
    private static final int SETTLED = 20;

    private double variance;
    private double meanSquare;

    ObservationNoise() {
        this(new double[] {1, 1});
    }

    /** Statistics from their stored form. */
    ObservationNoise(double[] stored) {
        this.variance = stored[0];
        this.meanSquare = stored[1];
    }

    /** The stored form. */
    double[] toArray() {
        return new double[] {variance, meanSquare};
    }

    double variance() {
        return variance;
    }

    /** Takes the error of the event after {@code t} others, with the epistemic variance of its prediction. */
    void learn(double error, double epistemic, long t) {
        double limit = t < SETTLED ? Double.MAX_VALUE : OUTLIER * (variance + epistemic);
        double square = Math.min(error * error, limit);
        double weight = Math.max(K / (t + K), 1 / H);
        meanSquare += weight * (square - meanSquare);
        variance += weight * (square - Math.min(epistemic, meanSquare) - variance);
        variance = Math.max(variance, Math.max(TINY, SHARE * meanSquare));
    }

    /** Follows a change of the target's unit: standardised values are multiplied by {@code factor}. */
    void rescale(double factor) {
        variance *= factor * factor;
        meanSquare *= factor * factor;
    }
}
