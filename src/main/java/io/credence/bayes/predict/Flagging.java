package io.credence.bayes.predict;

import io.credence.bayes.alert.Doubt;
import io.credence.bayes.alert.InputRange;
import io.credence.bayes.alert.RecentTail;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureVector;
import java.util.List;
import java.util.Set;

/**
 * Puts flags on predictions: by what features have been like, and by how much is usually not known. Nothing is learned.
 *
 * @param inputs what features have been like
 * @param features which column belongs to which feature
 * @param scores how far out events have been
 * @param doubt how much was not known of them
 * @param alarm score above which features are an alarm; NaN while that is unknown
 * @param warmingUp whether the model is too young to flag anything
 */
public record Flagging(
        InputRange inputs, FeatureEncoder features, RecentTail scores, Doubt doubt, double alarm, boolean warmingUp) {
    /** An event lies out of range at a tenth beyond the edge of what was seen at least. */
    private static final double EDGE = 1.1;

    /**
     * The prediction with its flags.
     *
     * @param values the event's features
     * @param x the same, standardised
     * @param ignorance of the event
     */
    public Prediction flag(Prediction prediction, FeatureVector values, float[] x, double ignorance) {
        double score = inputs.score(values.values(), x);
        if (warmingUp) {
            return prediction.with(new Flags(false, false, score, List.of()));
        }
        double known = scores.threshold();
        double beyond = Double.isNaN(known) ? EDGE : Math.max(EDGE, known);
        boolean raises = score > alarm
                && names(inputs.causes(values.values(), x, alarm)).stream().anyMatch(this::isNews);
        boolean outOfRange = score > beyond || raises;
        List<String> causes =
                outOfRange ? names(inputs.causes(values.values(), x, Math.min(beyond, score * 0.999))) : List.of();
        return prediction.with(new Flags(
                ignorance > doubt.threshold(),
                outOfRange,
                score,
                causes,
                doubt.below(ignorance),
                scores.below(score),
                raises,
                score <= EDGE
                        || score <= alarm / 2
                        || !causes.isEmpty() && causes.stream().noneMatch(this::isNews)));
    }

    /** An odd value that is remembered was odd when it came. */
    private boolean isNews(String feature) {
        return !features.remembers(feature);
    }

    private List<String> names(Set<Integer> columns) {
        return columns.stream().map(features::featureOf).distinct().toList();
    }
}
