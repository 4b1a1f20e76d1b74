package io.credence.bayes.alert;

import org.jspecify.annotations.Nullable;

/**
 * The rule that calls a prediction uncertain: its total predictive deviation is above a fixed limit if one is set, else
 * above a multiple of the running median of the deviations. Never while the model is warming up.
 *
 * <p>The median belongs to the caller, one for each model. Values that are flagged move it a tenth as far as others: a
 * long burst of outliers cannot become the new normal, a lasting change of scale does after a few hundred events. The
 * first values count in full whether flagged or not, so that no single one decides what is normal. Those of a model that
 * is warming up do not count: before its first label a model does not know the label's scale.
 *
 * @param std fixed limit in target units, or null for the ratio
 * @param ratio multiple of the running median
 */
public record UncertaintyRule(@Nullable Double std, double ratio) {
    private static final double FLAGGED_WEIGHT = 0.1;
    private static final long FIRST_VALUES = 20;

    /**
     * Judges one prediction.
     *
     * @param deviation total predictive standard deviation, target units
     * @param warmingUp whether the model that made it is warming up
     * @param median of the deviations before this one
     */
    public Judgement judge(double deviation, boolean warmingUp, RunningMedian median) {
        double threshold = std != null ? std : median.isEmpty() ? Double.POSITIVE_INFINITY : ratio * median.value();
        boolean uncertain = !warmingUp && !(deviation <= threshold);
        double weight = uncertain && median.count() >= FIRST_VALUES ? FLAGGED_WEIGHT : 1;
        RunningMedian next = warmingUp ? median : median.observe(deviation, weight, Long.MAX_VALUE);
        return new Judgement(uncertain, deviation, threshold, median.value(), next);
    }

    /**
     * What was decided, and the numbers behind it.
     *
     * @param uncertain whether the prediction is uncertain
     * @param deviation total predictive standard deviation
     * @param threshold the limit that it was held against; infinite while there is no median
     * @param median the running median before this event; NaN while there is none
     * @param next the running median after this event
     */
    public record Judgement(boolean uncertain, double deviation, double threshold, double median, RunningMedian next) {}
}
