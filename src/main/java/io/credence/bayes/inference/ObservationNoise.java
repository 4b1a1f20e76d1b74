package io.credence.bayes.inference;

import io.credence.bayes.drift.Outliers;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.predict.Moments;

/**
 * The variance of the observation noise, learned from test-then-train errors, in squared standardised target units.
 *
 * <p>Stored as three numbers: the variance, the running mean of the squared errors, and that of whether one was an
 * outlier.
 *
 * <p>Errors of events that were not yet trained on do not shrink by over-fitting, unlike those of replayed ones.
 */
final class ObservationNoise implements Noise {
    /*
     * Exponentially weighted mean of (squared error − epistemic variance, held to the mean square) with weight
     * max(K/(t + K), 1/H): fast while the first errors are large, then a window of H events. The estimate is at least a share of the mean squared
     * error. An error of more than Outliers.SQUARE times the expected square is an outlier: while such errors are rare it is none
     * of the noise; when they are not, something has changed, and it counts as at most that. Among the first SETTLED the
     * expected square is at least that of the labels themselves, 1.
     */
    static final int LENGTH = 3;

    private static final double K = 5;
    private static final double H = 1000;
    private static final double SHARE = 0.05;
    private static final double TINY = 1e-6;
    private static final int SETTLED = 20;

    private double variance;
    private double meanSquare;
    private Outliers outliers;

    ObservationNoise() {
        this(new double[] {1, 1, 0});
    }

    /** Statistics from their stored form. */
    ObservationNoise(double[] stored) {
        this.variance = stored[0];
        this.meanSquare = stored[1];
        this.outliers = new Outliers(stored[2]);
    }

    @Override
    public double[] toArray() {
        return new double[] {variance, meanSquare, outliers.share()};
    }

    @Override
    public Likelihood likelihood(Shape shape, Standardisation units) {
        return shape.likelihood(variance);
    }

    double variance() {
        return variance;
    }

    @Override
    public ObservationNoise copy() {
        return new ObservationNoise(toArray());
    }

    @Override
    public void learn(Moments said, double y, long t, Standardisation units) {
        learn(y - said.output(), said.outputVariance(), t);
    }

    /** Takes the error of the event after {@code t} others, with the epistemic variance of its prediction. */
    void learn(double error, double epistemic, long t) {
        double limit = Outliers.SQUARE * ((t < SETTLED ? Math.max(1, variance) : variance) + epistemic);
        boolean outlier = error * error > limit;
        outliers = outliers.next(outlier);
        if (outlier && outliers.rare()) {
            return;
        }
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
