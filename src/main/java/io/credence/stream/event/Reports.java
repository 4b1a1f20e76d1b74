package io.credence.stream.event;

import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.PrequentialSums;
import io.credence.bayes.predict.ModelInfo;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertPart;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.EpisodeState;
import io.credence.stream.avro.NoticedEvent;
import io.credence.stream.avro.TrainingMetrics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that tell people how the model fares: alerts and metrics. */
public final class Reports {
    /** In which the first that holds is the reason. */
    private static final List<Question> ORDER = List.of(
            Question.UNCERTAIN,
            Question.OUT_OF_RANGE,
            Question.SURPRISING,
            Question.SHIFTED,
            Question.STUCK,
            Question.SILENCE);

    private Reports() {}

    /**
     * The alert of an episode.
     *
     * @param worst its worst event, or null if that is none, as of a silence
     * @param begins whether this is the first that is told of it
     * @param limited whether what is uncertain is so by a limit of the deviation
     */
    @SuppressWarnings("NullAway") // The generated builder takes null for nullable fields.
    public static Alert alert(
            String modelKey, Episode episode, @Nullable NoticedEvent worst, boolean begins, boolean limited) {
        List<AlertReason> reasons = ORDER.stream()
                .filter(question -> episode.questions().contains(question))
                .map(question -> reason(question, limited))
                .toList();
        Notice said = episode.worst();
        return Alert.newBuilder()
                .setModelKey(modelKey)
                .setEventId(said.eventId())
                .setTopic(worst == null ? "" : worst.getTopic())
                .setPartition(worst == null ? 0 : worst.getPartition())
                .setOffset(worst == null ? 0 : worst.getOffset())
                .setEventTime(Instant.ofEpochMilli(said.time()))
                .setReason(ORDER.stream()
                        .filter(question -> said.questions().contains(question))
                        .findFirst()
                        .map(question -> reason(question, limited))
                        .orElse(AlertReason.OTHER))
                .setDeviation(worst == null ? 0 : worst.getDeviation())
                .setOutOfRangeScore(worst == null ? 0 : worst.getOutOfRangeScore())
                .setOutOfRangeFeatures(worst == null ? List.of() : worst.getOutOfRangeFeatures())
                .setMean(worst == null ? 0 : worst.getMean())
                .setEpistemicVariance(worst == null ? 0 : worst.getEpistemicVariance())
                .setAleatoricVariance(worst == null ? 0 : worst.getAleatoricVariance())
                .setModelEpoch(worst == null ? 0 : worst.getModelEpoch())
                .setModelStep(worst == null ? 0 : worst.getModelStep())
                .setEventsSeen(worst == null ? 0 : worst.getEventsSeen())
                .setEpisodeId(episode.id())
                .setState(state(episode, begins))
                .setStarted(Instant.ofEpochMilli(episode.started()))
                .setLast(Instant.ofEpochMilli(episode.last()))
                .setEnded(episode.phase() == Episode.Phase.RESOLVED ? Instant.ofEpochMilli(episode.ended()) : null)
                .setEvents(episode.events())
                .setSuppressed(episode.suppressed())
                .setGrade(said.grade())
                .setConfidence(said.confidence())
                .setExpected(known(said.expected()))
                .setActual(known(said.actual()))
                .setLower(known(said.lower()))
                .setUpper(known(said.upper()))
                .setReasons(reasons)
                .setFeatures(episode.features())
                .setAttributions(worst == null ? List.of() : parts(worst))
                .setAverageMean(worst == null ? null : worst.getAverageMean())
                .setAverageVariance(worst == null ? null : worst.getAverageVariance())
                .build();
    }

    private static List<AlertPart> parts(NoticedEvent worst) {
        return worst.getAttributions().stream()
                .map(part -> new AlertPart(part.getFeature(), part.getMean(), part.getVariance()))
                .toList();
    }

    private static EpisodeState state(Episode episode, boolean begins) {
        if (episode.phase() == Episode.Phase.RESOLVED) {
            return EpisodeState.RESOLVED;
        }
        return begins ? EpisodeState.FIRING : EpisodeState.ONGOING;
    }

    private static AlertReason reason(Question question, boolean limited) {
        return switch (question) {
            case UNCERTAIN -> limited ? AlertReason.DEVIATION_ABOVE_LIMIT : AlertReason.UNCERTAIN;
            case SURPRISING -> AlertReason.SURPRISING;
            case SHIFTED -> AlertReason.SHIFTED;
            case STUCK -> AlertReason.STUCK;
            case OUT_OF_RANGE -> AlertReason.OUT_OF_RANGE;
            case SILENCE -> AlertReason.SILENCE;
        };
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
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
