package io.credence.bayes.predict;

import io.credence.bayes.alert.InputRange;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureVector;
import java.util.List;
import java.util.Set;

/**
 * Puts flags on predictions: by what features have been like, and how unsure predictions usually are.
 *
 * @param inputs what features have been like; nothing but {@code score} and {@code causes} is called
 * @param features which column belongs to which feature
 * @param beyond score above which an event is out of range
 * @param doubt measure above which a prediction is uncertain; NaN while that is unknown
 * @param warmingUp whether the model is too young to flag anything
 */
public record Flagging(InputRange inputs, FeatureEncoder features, double beyond, double doubt, boolean warmingUp) {
    /** An event lies out of range at a tenth beyond the edge of what was seen at least. */
    private static final double EDGE = 1.1;

    /** @param usual score that all but few events keep below; NaN while that is unknown */
    public Flagging {
        beyond = Double.isNaN(beyond) ? EDGE : Math.max(EDGE, beyond);
    }

    /**
     * The prediction with its flags.
     *
     * @param values the event's features
     * @param x the same, standardised
     */
    public Prediction flag(Prediction prediction, FeatureVector values, float[] x) {
        double score = inputs.score(values.values(), x);
        boolean uncertain = !warmingUp && measure(prediction) > doubt;
        boolean outOfRange = !warmingUp && score > beyond;
        List<String> causes = outOfRange ? names(inputs.causes(values.values(), x, beyond)) : List.of();
        return prediction.with(new Flags(uncertain, outOfRange, score, causes));
    }

    private List<String> names(Set<Integer> columns) {
        return columns.stream().map(features::featureOf).distinct().toList();
    }

    /** How unsure a prediction is: its epistemic deviation, of counts that of the log-rate; of classes mutual information. */
    public static double measure(Prediction prediction) {
        if (prediction instanceof ClassPrediction classes) {
            return classes.mutualInformation();
        }
        double epistemic = prediction.epistemicVariance();
        return prediction instanceof CountPrediction
                ? Math.sqrt(Math.log1p(epistemic / Math.max(Double.MIN_NORMAL, prediction.mean() * prediction.mean())))
                : Math.sqrt(epistemic);
    }
}
