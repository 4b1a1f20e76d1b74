package io.credence.bayes.predict;

import java.util.Comparator;
import java.util.List;

/**
 * What each feature has to do with a prediction: the difference of its mean and of its variance from those of the average
 * event, divided among the features.
 *
 * <p>The parts of the mean sum to {@code mean − baseMean}, those of the variance to {@code variance − baseVariance}, by
 * integrated gradients (Sundararajan et al. 2017, eq. 1 and proposition 1). A feature that is as it is on average, or that
 * the model does not look at, has no part.
 *
 * @param mean the prediction's mean in target units; for classes the probability of the likeliest, for two that of class 1
 * @param variance the prediction's total variance, the square of target units
 * @param baseMean the same for the event whose columns all are at their running means, at the same time
 * @param baseVariance likewise
 * @param parts one of each feature, in the order of the features
 */
public record Attribution(double mean, double variance, double baseMean, double baseVariance, List<Part> parts) {
    /**
     * The part of one feature.
     *
     * @param feature its field
     * @param mean its part of the mean, target units; negative where it lowers the mean
     * @param variance its part of the total variance, target units squared; negative where the model knows more for it
     */
    public record Part(String feature, double mean, double variance) {}

    public Attribution {
        parts = List.copyOf(parts);
    }

    /** The parts, those first that move the mean most, up or down. */
    public List<Part> byMean() {
        return sorted(Comparator.comparingDouble(part -> -Math.abs(part.mean)));
    }

    /**
     * The parts, the likeliest causes of an alert first: those out of what was seen, then those that add most to the
     * variance.
     *
     * @param flags of the prediction
     */
    public List<Part> causes(Flags flags) {
        return sorted(
                Comparator.comparing((Part part) -> !flags.outOfRangeFeatures().contains(part.feature))
                        .thenComparingDouble(part -> -part.variance));
    }

    private List<Part> sorted(Comparator<Part> order) {
        return parts.stream().sorted(order).toList();
    }
}
