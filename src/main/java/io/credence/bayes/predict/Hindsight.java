package io.credence.bayes.predict;

import io.credence.bayes.feature.Foretold;
import io.credence.bayes.linalg.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** How good a prediction was, once the label is known. */
public final class Hindsight {
    /** Tells these uniform numbers from others of the same event. */
    private static final int PURPOSE = 1001;

    private Hindsight() {}

    /**
     * A prediction measured by the label.
     *
     * @param by the version that predicted
     * @param label in target units, or the index of the class
     * @param eventId by which the probability transform of a count is randomised: the same event gives the same number
     */
    public static Foretold of(Prediction said, ModelVersion by, double label, String eventId) {
        double u = CounterRandom.of(0, CounterRandom.hash(eventId), 0, PURPOSE).uniform();
        return new Foretold(
                by.epoch(),
                by.step(),
                said.mean(),
                said.deviation(),
                lower(said),
                upper(said),
                said.rank(label, u),
                said.logLikelihood(label));
    }

    /** Lower ends of the central interval and of those of further levels; empty for classes. */
    public static List<Double> lower(Prediction said) {
        List<Double> ends = new ArrayList<>();
        if (!(said instanceof ClassPrediction)) {
            ends.add(said.lower());
            said.intervals().forEach(interval -> ends.add(interval.lower()));
        }
        return ends;
    }

    /** Upper ends, in the same order. */
    public static List<Double> upper(Prediction said) {
        List<Double> ends = new ArrayList<>();
        if (!(said instanceof ClassPrediction)) {
            ends.add(said.upper());
            said.intervals().forEach(interval -> ends.add(interval.upper()));
        }
        return ends;
    }

    /** How errors had been when it was made, in stored form; empty where that does not matter. */
    public static double[] calibration(Prediction said) {
        Calibration then = said instanceof RealPrediction real
                ? real.calibration()
                : said instanceof CountPrediction count ? count.calibration() : null;
        return then == null ? new double[0] : then.toArray();
    }

    /**
     * A prediction from what is kept of it: it measures labels as the one that was made.
     *
     * @param counts whether the target is a count
     * @param lower ends, as {@link #lower} gives them
     * @param upper ends
     * @param probabilities of each class; empty for numbers
     * @param calibration as {@link #calibration} gives it
     */
    public static Prediction kept(
            boolean counts,
            double mean,
            double epistemic,
            double aleatoric,
            List<Double> lower,
            List<Double> upper,
            double[] probabilities,
            double[] calibration) {
        if (probabilities.length > 0) {
            return new ClassPrediction(probabilities, mean, epistemic, aleatoric, 0, 0);
        }
        List<Interval> further = new ArrayList<>();
        for (int i = 1; i < lower.size(); i++) {
            further.add(new Interval(Double.NaN, lower.get(i), upper.get(i), lower.get(i), upper.get(i)));
        }
        Calibration then = calibration.length == 0 ? null : Calibration.of(calibration);
        double low = lower.isEmpty() ? Double.NaN : lower.get(0);
        double high = upper.isEmpty() ? Double.NaN : upper.get(0);
        return counts
                ? new CountPrediction(mean, epistemic, aleatoric, low, high, further, then, Flags.NONE)
                : new RealPrediction(mean, epistemic, aleatoric, low, high, further, then, Flags.NONE);
    }
}
