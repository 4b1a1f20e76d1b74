package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Calibration;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Moments;
import org.jspecify.annotations.Nullable;

/** What is made of the moments of the networks: the drift layer, and how errors have been since. */
final class Corrections {
    private final Shape shape;
    private @Nullable DriftLayer drift;
    private final @Nullable Calibrations calibrations;
    private double level;
    private double walked;

    private Corrections(Shape shape, @Nullable DriftLayer drift, @Nullable Calibrations calibrations) {
        this.shape = shape;
        this.drift = drift;
        this.calibrations = calibrations;
    }

    static Corrections create(Shape shape) {
        return new Corrections(
                shape,
                shape.drifts() ? new DriftLayer(shape.driftForm()) : null,
                shape.calibrated() ? new Calibrations(delay(shape)) : null);
    }

    static Corrections of(Shape shape, LearnerState state) {
        return new Corrections(
                shape,
                shape.drifts() ? DriftLayer.of(shape.driftForm(), state.drift()) : null,
                shape.calibrated() ? Calibrations.of(delay(shape), state.calibration()) : null);
    }

    private static int delay(Shape shape) {
        return shape.spec().learning().labelDelay();
    }

    /** The stored form of the drift layer; empty if there is none. */
    double[] driftArray() {
        return drift == null ? new double[0] : drift.toArray();
    }

    /** The stored form of the calibration; empty for classes. */
    double[] calibrationArray() {
        return calibrations == null ? new double[0] : calibrations.toArray();
    }

    @Nullable
    DriftLayer drift() {
        return drift;
    }

    /** What standardised errors have been like, as it is known by now; null for classes. */
    @Nullable
    Calibration now() {
        return calibrations == null ? null : calibrations.now();
    }

    /** The same as it was known when the event of the next label was asked about. */
    @Nullable
    Calibration then() {
        return calibrations == null ? null : calibrations.then();
    }

    /** The word on the event whose label comes next; nothing is learned. */
    Moments correct(Moments network, float[] x) {
        if (drift == null) {
            return network;
        }
        Moments corrected = drift.next(network, x);
        level = drift.level();
        walked = level == 0 ? 0 : level * drift.walking() / drift.levelShare();
        return corrected;
    }

    /**
     * Learns the label of the event that {@link #correct} was last called for.
     *
     * @param network what it was called with
     * @param corrected what it returned
     * @param y the label, standardised
     */
    void learn(Moments network, Moments corrected, double y, Observation event) {
        if (calibrations != null) {
            long number = (long) calibrations.now().count();
            calibrations.learn(error(corrected, y, number, event));
        }
        if (drift != null) {
            drift.learn(network, corrected, y, event.timestamp());
        }
    }

    /** How far off it was, in deviations: of what was predicted when the event was asked about, if that is known. */
    private double error(Moments found, double y, long number, Observation event) {
        Foretold then = event.prior();
        Moments corrected = found.asTold();
        if (shape.counts()) {
            return then == null
                    ? score(corrected.mean(), corrected.epistemic() + corrected.aleatoric(), y, number)
                    : score(then.mean(), then.deviation() * then.deviation(), y, number);
        }
        return then == null || !(then.deviation() > 0)
                ? standardised(corrected, y)
                : (event.label() - then.mean()) / then.deviation();
    }

    private static double standardised(Moments corrected, double y) {
        return (y - corrected.mean()) / Math.sqrt(corrected.epistemic() + corrected.aleatoric());
    }

    /** A count's normal score, with numbers that depend on nothing but the seed and how many labels there were. */
    private double score(double mean, double variance, double y, long number) {
        CountPrediction said = new CountPrediction(mean, variance, 0, 0, Double.POSITIVE_INFINITY);
        return said.score(
                y,
                CounterRandom.of(shape.spec().seed(), 0, number, Purpose.TRANSFORM)
                        .uniform());
    }

    /** What {@link #correct} last added whatever the features: standardised. */
    double level() {
        return level;
    }

    /** The part of {@link #level} by which labels walk at random, which is none of their unit. */
    double walked() {
        return walked;
    }

    /** Whether the level of the labels walks, from 0 to 1. */
    double levelShare() {
        return drift == null ? 0 : drift.levelShare();
    }

    /**
     * Begins anew: the target's statistics have started over, so that its unit is another, and what the drift layer has
     * made of the first labels in it is in the old one.
     */
    void restart() {
        drift = shape.drifts() ? new DriftLayer(shape.driftForm()) : null;
    }

    /** Follows a change of the target's unit. */
    void rescale(double factor, double shift) {
        if (drift != null) {
            drift.rescale(factor, shift);
        }
    }
}
