package io.credence.stream.state;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.wire.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An event that was scored and has no label yet.
 *
 * @param event without a label
 * @param at where it was read
 * @param series to whose memory its label goes; null where no feature asks for the past of labels
 * @param said what was predicted, and by which version; null if nothing was, or by a model that had not learned anything
 */
public record Asked(
        Observation event,
        Origin at,
        @Nullable String series,
        @Nullable Said said) {
    /**
     * A prediction.
     *
     * @param by the version that made it
     * @param prediction as much of it as its measures take
     */
    public record Said(ModelVersion by, Prediction prediction) {}
}
