package io.credence.stream.event;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.PrequentialSums;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The records that tell people how the model fares: alerts and metrics. */
public final class Reports {
    private Reports() {}

    /**
     * The alert of an event.
     *
     * @param reason why it is worth one
     */
    public static Alert alert(
            Observation event, Origin source, Prediction prediction, ModelInfo model, AlertReason reason) {
        return new Alert(
                event.modelKey(),
                event.eventId(),
                source.topic(),
                source.partition(),
                source.offset(),
                Instant.ofEpochMilli(event.timestamp()),
                reason,
                prediction.deviation(),
                prediction.flags().outOfRangeScore(),
                prediction.flags().outOfRangeFeatures(),
                prediction.mean(),
                prediction.epistemicVariance(),
                prediction.aleatoricVariance(),
                model.version().epoch(),
                model.version().step(),
                model.events());
    }

    /**
     * The metrics of a model.
     *
     * @param task decides which means are given: errors and coverage, or accuracy
     * @param elboFit of the latest update, null before the first
     * @param elboKl of the latest update, null before the first
     * @param state of the model, for what it refused and remembers
     */
    @SuppressWarnings("NullAway") // The generated builder takes null for nullable fields.
    public static TrainingMetrics metrics(
            Task task,
            ModelInfo model,
            Instant at,
            PrequentialSums sums,
            @Nullable Double elboFit,
            @Nullable Double elboKl,
            LearnerState state) {
        boolean classes = task == Task.BINARY || task == Task.MULTICLASS;
        boolean any = sums.n() > 0;
        return TrainingMetrics.newBuilder()
                .setModelKey(model.modelKey())
                .setModelEpoch(model.version().epoch())
                .setModelStep(model.version().step())
                .setEventsSeen(model.events())
                .setTimestamp(at)
                .setN(sums.n())
                .setRmse(any && !classes ? sums.rmse() : null)
                .setMae(any && !classes ? sums.mae() : null)
                .setNll(any ? sums.nll() : null)
                .setCoverage(any && !classes ? sums.coverage() : null)
                .setAccuracy(any && classes ? sums.accuracy() : null)
                .setSumSquaredError(sums.squaredError())
                .setSumAbsoluteError(sums.absoluteError())
                .setSumNegativeLogLikelihood(sums.negativeLogLikelihood())
                .setCovered(sums.covered())
                .setCorrect(sums.correct())
                .setSumLastValueSquaredError(sums.lastValueSquaredError())
                .setSumRunningMeanSquaredError(sums.runningMeanSquaredError())
                .setElboFit(elboFit)
                .setElboKl(elboKl)
                .setRejectedUpdates(state.rejected())
                .setMemory(state.remembered())
                .setRivalEvidence(state.rivalEvidence())
                .setRivalWeight(state.rivalWeight())
                .setTakeOvers(state.takeOvers())
                .build();
    }
}
