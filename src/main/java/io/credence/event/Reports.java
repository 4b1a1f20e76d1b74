package io.credence.event;

import io.credence.avro.Alert;
import io.credence.avro.AlertReason;
import io.credence.avro.TrainingMetrics;
import io.credence.feature.Observation;
import io.credence.feature.Task;
import io.credence.predict.ModelInfo;
import io.credence.predict.Prediction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The records that tell people how the model fares: alerts and metrics. */
public final class Reports {
    private Reports() {}

    /**
     * The alert of an uncertain event.
     *
     * @param threshold what the deviation exceeded, in units of the label
     * @param medianDeviation running median of the deviation; NaN if not yet known
     */
    public static Alert alert(
            Observation event,
            RecordSource source,
            Prediction prediction,
            ModelInfo model,
            AlertReason reason,
            double threshold,
            double medianDeviation) {
        throw new IllegalStateException("not yet");
    }

    /**
     * The metrics of a model.
     *
     * @param task decides which means are given: errors and coverage, or accuracy
     * @param elboFit of the latest update, null before the first
     * @param elboKl of the latest update, null before the first
     */
    public static TrainingMetrics metrics(
            Task task,
            ModelInfo model,
            Instant at,
            MetricSums sums,
            @Nullable Double elboFit,
            @Nullable Double elboKl,
            long rejectedUpdates) {
        throw new IllegalStateException("not yet");
    }
}
