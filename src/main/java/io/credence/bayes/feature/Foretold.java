package io.credence.bayes.feature;

import java.util.List;

/**
 * What was predicted of an event when it was asked about, and how good that was by the label that has come since.
 *
 * @param epoch of the version that predicted it
 * @param step of that version
 * @param mean as {@code Prediction.mean} has it: for two classes the probability of class 1, for more the likeliest class
 * @param deviation total predictive standard deviation
 * @param lower lower ends of the central interval and of those of further levels, in target units; empty for classes
 * @param upper upper ends, in the same order
 * @param pit the probability of a smaller label, 0 … 1, of a count randomised; NaN for classes
 * @param logScore log-density of the label in target units, of counts and classes its log-probability; nats
 */
public record Foretold(
        long epoch,
        long step,
        double mean,
        double deviation,
        List<Double> lower,
        List<Double> upper,
        double pit,
        double logScore) {
    /** A copy that nobody changes. */
    public Foretold {
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
    }

    /** Whether a label, in target units, lies in the central interval, its ends included; false for classes. */
    public boolean covers(double label) {
        return !lower.isEmpty() && lower.get(0) <= label && label <= upper.get(0);
    }
}
