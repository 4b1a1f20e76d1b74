package io.credence.bayes.predict;

import io.credence.bayes.alert.InputRange;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureVector;
import java.util.List;
import java.util.Set;

/**
 * Puts flags on predictions: by what features have been like, and by how much is usually not known.
 *
 * @param inputs what features have been like; nothing but {@code score} and {@code causes} is called
 * @param features which column belongs to which feature
 * @param beyond score above which an event is out of range
 * @param usual {@link Ignorance} above which an event is uncertain; NaN while that is unknown
 * @param warmingUp whether the model is too young to flag anything
 */
public record Flagging(InputRange inputs, FeatureEncoder features, double beyond, double usual, boolean warmingUp) {
    /** An event lies out of range at a tenth beyond the edge of what was seen at least. */
    private static final double EDGE = 1.1;

    /** Takes as {@code beyond} the score that all but few events keep below, NaN while that is unknown; the edge is its least. */
    public Flagging {
        beyond = Double.isNaN(beyond) ? EDGE : Math.max(EDGE, beyond);
    }

    /**
     * The prediction with its flags.
     *
     * @param values the event's features
     * @param x the same, standardised
     * @param ignorance of the event
     */
    public Prediction flag(Prediction prediction, FeatureVector values, float[] x, double ignorance) {
        double score = inputs.score(values.values(), x);
        boolean outOfRange = !warmingUp && score > beyond;
        List<String> causes = outOfRange ? names(inputs.causes(values.values(), x, beyond)) : List.of();
        return prediction.with(new Flags(!warmingUp && ignorance > usual, outOfRange, score, causes));
    }

    private List<String> names(Set<Integer> columns) {
        return columns.stream().map(features::featureOf).distinct().toList();
    }
}
