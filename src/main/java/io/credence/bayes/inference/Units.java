package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import java.util.List;

/** The units in which a belief sees features and labels, which change with the running statistics. */
final class Units {
    private Units() {}

    /**
     * Takes features and label of one event into the running statistics. Predictions keep their original units, unless
     * the target's statistics start over: then the label's unit has changed, and predictions change with it.
     *
     * @param first all events so far, this one included, while they are few; else empty
     */
    static void learn(Belief belief, Observation event, List<Observation> first) {
        Standardisation standardisation = belief.standardisation();
        double mean = standardisation.targetMean();
        double scale = standardisation.targetScale();
        double spread = standardisation.labelSpread();
        boolean known = standardisation.scaleKnown();
        boolean restarted = standardisation.learn(event.features(), event.label());
        if (restarted) {
            double factor = Math.exp(standardisation.targetMean() - mean);
            belief.members().forEach(member -> member.multiply(factor));
        }
        if (!first.isEmpty()) {
            standardisation.settle(first);
            // What the network has learned in a unit that far values had made is worth nothing in its right one.
            restarted |= known && 2 * standardisation.labelSpread() < spread;
        }
        if (restarted) {
            belief.corrections().restart();
            belief.rivalry().gap(0);
        } else if (belief.shape().calibrated() && known) {
            double factor = scale / standardisation.targetScale();
            double shift = (mean - standardisation.targetMean()) / standardisation.targetScale();
            rescale(belief, factor, shift);
        }
    }

    /** Standardised labels are from now on those of before times a factor, and shifted. */
    private static void rescale(Belief belief, double factor, double shift) {
        belief.members().forEach(member -> member.rescale(factor, shift));
        belief.rivalry().gap(factor * belief.rivalry().gap());
        Posterior anchor = belief.anchor();
        if (anchor != null) {
            Member.rescale(belief.shape(), anchor, factor, shift);
        }
        belief.past().rescale(factor, shift);
        belief.corrections().rescale(factor, shift);
    }
}
