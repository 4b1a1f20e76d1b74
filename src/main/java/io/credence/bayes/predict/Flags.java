package io.credence.bayes.predict;

import java.util.List;

/**
 * What is unusual about a prediction. Nothing is while a model is warming up.
 *
 * @param uncertain whether the model has more to learn about the event than about all but a stated share of those of late:
 *     by the epistemic deviation, of classes by the mutual information
 * @param outOfRange whether the features lie out of what was seen
 * @param outOfRangeScore how far: 1 is the edge of what was seen
 * @param outOfRangeFeatures the features that are the cause; empty unless {@code outOfRange}
 */
public record Flags(boolean uncertain, boolean outOfRange, double outOfRangeScore, List<String> outOfRangeFeatures) {
    /** Nothing unusual. */
    public static final Flags NONE = new Flags(false, false, 0, List.of());

    public Flags {
        outOfRangeFeatures = List.copyOf(outOfRangeFeatures);
    }
}
