package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.predict.Prediction;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the numbers of a state from elsewhere mean anything: a model takes over all of them, and one that is wrong is
 * served and published without a word.
 */
final class Soundness {
    /** Counts are stored as numbers of double precision too, which are exact up to here. */
    private static final long MOST = 1L << 53;

    /** Weights meet inputs of a few units; products over several layers of such ones are finite still. */
    private static final double LARGEST_WEIGHT = 1e9;

    /** Moments of gradients may be as large as a precision. */
    private static final double LARGEST_MOMENT = 1e30;

    /** Its square is finite still. */
    private static final double LARGEST_STATISTIC = 1e150;

    private static final double LARGEST_RHO = 1e4;
    private static final double SMALLEST_RHO = -20;

    private final LearnerState state;

    private Soundness(LearnerState state) {
        this.state = state;
    }

    /**
     * Refuses a state whose numbers cannot be.
     *
     * @param shape that the state fits
     * @throws IllegalArgumentException naming the number, what it is and what it must be
     */
    static void check(Shape shape, LearnerState state) {
        Soundness soundness = new Soundness(state);
        soundness.counts();
        soundness.weights();
        soundness.vigilance(shape);
        soundness.statistics(shape);
        soundness.signs(shape);
        soundness.memory();
        soundness.bounds();
        soundness.probe(shape);
    }

    private void counts() {
        count("epoch", state.version().epoch());
        count("step", state.version().step());
        count("events", state.events());
        count("rejected", state.rejected());
    }

    private void count(String name, long value) {
        if (value < 0 || value > MOST) {
            throw fault(name, Long.toString(value), "a count from 0 to 2^53");
        }
    }

    private void weights() {
        rho("iterateRho", state.iterateRho());
        rho("rho", state.rho());
        for (float[] part : state.weights()) {
            boolean moments = part == state.optimiser() || part == state.lastLayer();
            double largest = moments ? LARGEST_MOMENT : LARGEST_WEIGHT;
            for (float value : part) {
                if (!(Math.abs(value) <= largest)) {
                    throw fault(moments ? "a moment" : "a weight", Float.toString(value), "finite, at most " + largest);
                }
            }
        }
    }

    private void statistics(Shape shape) {
        List<double[]> unlearned =
                Belief.create(shape, "", 0).state(new Reservoir(0, 0)).statistics();
        for (int k = 0; k < unlearned.size(); k++) {
            double[] before = unlearned.get(k);
            double[] part = state.statistics().get(k);
            for (int i = 0; i < part.length; i++) {
                // Where a model that has learned nothing has no number, none may stand.
                boolean open = Double.isNaN(part[i])
                        && (part == state.labelBounds() || i < before.length && Double.isNaN(before[i]));
                if (!open && !(Math.abs(part[i]) <= LARGEST_STATISTIC)) {
                    throw fault("a statistic", Double.toString(part[i]), "finite, at most " + LARGEST_STATISTIC);
                }
            }
        }
    }

    private void rho(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= SMALLEST_RHO && values[i] <= LARGEST_RHO)) {
                throw fault(
                        name + "[" + i + "]",
                        Float.toString(values[i]),
                        "from " + SMALLEST_RHO + " to " + LARGEST_RHO + ", or its deviation is none");
            }
        }
    }

    private void signs(Shape shape) {
        for (int k = 0; (k + 1) * LastLayer.length(shape) <= state.lastLayer().length && k < 2; k++) {
            double precision = LastLayer.precision(shape, state.lastLayer(), k);
            if (precision < 0) {
                throw fault("the precision of a last layer", Double.toString(precision), "at least 0");
            }
        }
        double[] noise = state.observationNoise();
        for (int i = 0; i < noise.length; i++) {
            int number = i % shape.noiseLength();
            boolean variance = number == 0 || shape.counts() && (number == 1 || number == 2 || number == 4);
            if (variance ? noise[i] <= 0 : noise[i] < 0) {
                throw fault(
                        "observationNoise[" + i + "]", Double.toString(noise[i]), variance ? "above 0" : "at least 0");
            }
        }
        if (shape.counts()) {
            dispersion(shape, noise);
        }
        double[] units = state.standardisation();
        for (int i = 0; i < units.length; i++) {
            boolean mean = i % RunningMoments.PER_COLUMN == 1;
            if (!mean && i % RunningMoments.PER_COLUMN <= 2 && units[i] < 0) {
                throw fault("standardisation[" + i + "]", Double.toString(units[i]), "at least 0");
            }
        }
        PrequentialSums sums = PrequentialSums.of(state.counters());
        boolean sound = sums.n() >= 0
                && sums.n() <= MOST
                && sums.squaredError() >= 0
                && sums.absoluteError() >= 0
                && sums.covered() >= 0
                && sums.covered() <= sums.n()
                && sums.correct() >= 0
                && sums.correct() <= sums.n();
        if (!sound) {
            throw fault("counters", Arrays.toString(state.counters()), "sums and shares of so many events");
        }
    }

    /** Of counts the three numbers of a precision, which must have an inverse. */
    private void dispersion(Shape shape, double[] noise) {
        for (int at = 0; at < noise.length; at += shape.noiseLength()) {
            double determinant = noise[at + 2] * noise[at + 4] - noise[at + 3] * noise[at + 3];
            if (!(determinant > 0)) {
                throw fault("the precision of observationNoise[" + at + "]", Double.toString(determinant), "above 0");
            }
        }
    }

    /** The numbers of the rivalry, which a model that is taken over goes on with, and what its members stand for. */
    private void memory() {
        double[] memory = state.memory();
        if (!(memory[Rivalry.WEIGHT] > 0 && memory[Rivalry.WEIGHT] < 1)) {
            throw fault("the weight of the rival", Double.toString(memory[Rivalry.WEIGHT]), "between 0 and 1");
        }
        for (int i = 0; i < memory.length; i++) {
            if (i != Rivalry.GAP && !(memory[i] >= 0 && memory[i] <= MOST)) {
                throw fault("memory[" + i + "]", Double.toString(memory[i]), "from 0 to 2^53");
            }
        }
    }

    private void bounds() {
        double[] bounds = state.labelBounds();
        if (!LabelBounds.sound(bounds)) {
            throw fault("labelBounds", Arrays.toString(bounds), "the least and the largest label, in that order");
        }
    }

    private void vigilance(Shape shape) {
        String wrong = Vigilance.fault(shape, state);
        if (wrong != null) {
            throw unsound(wrong);
        }
    }

    /** What no range can tell: whether the parts together predict anything. */
    private void probe(Shape shape) {
        int columns = shape.layout().inputs();
        float[] missing = new float[columns];
        Arrays.fill(missing, Float.NaN);
        OnlineLearner learner = OnlineLearner.awake(shape, state);
        for (float[] features : List.of(missing, new float[columns])) {
            Prediction prediction =
                    learner.predict(new Observation(state.modelKey(), "", 0, new FeatureVector(features), Double.NaN));
            if (!Double.isFinite(prediction.mean()) || !Double.isFinite(prediction.deviation())) {
                throw fault(
                        "a prediction",
                        prediction.mean() + " ± " + prediction.deviation(),
                        "finite, so its parts do not fit together");
            }
        }
    }

    private IllegalArgumentException fault(String what, String value, String must) {
        return unsound(what + " is " + value + " and must be " + must);
    }

    private IllegalArgumentException unsound(String why) {
        return new IllegalArgumentException("the model '" + state.modelKey() + "' is not sound: " + why
                + "; take another export, or the same from where it was written");
    }
}
