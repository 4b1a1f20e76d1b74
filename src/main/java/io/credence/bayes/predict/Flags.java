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
 * @param uncertainGrade the share of the events of late about which there was less to learn, 0 to 1
 * @param outOfRangeGrade the share of the events of late that lay less far out, 0 to 1
 * @param raises whether the features lie so far out that they alone are an alarm: of far fewer events than the flag
 * @param clears whether they are usual enough to help end one
 */
public record Flags(
        boolean uncertain,
        boolean outOfRange,
        double outOfRangeScore,
        List<String> outOfRangeFeatures,
        double uncertainGrade,
        double outOfRangeGrade,
        boolean raises,
        boolean clears) {
    /** Nothing unusual. */
    public static final Flags NONE = new Flags(false, false, 0, List.of());

    /** Flags that are no alarm; what is flagged has the grade 1, what is not 0. */
    public Flags(boolean uncertain, boolean outOfRange, double outOfRangeScore, List<String> outOfRangeFeatures) {
        this(
                uncertain,
                outOfRange,
                outOfRangeScore,
                outOfRangeFeatures,
                uncertain ? 1 : 0,
                outOfRange ? 1 : 0,
                false,
                !outOfRange);
    }

    public Flags {
        outOfRangeFeatures = List.copyOf(outOfRangeFeatures);
    }
}
