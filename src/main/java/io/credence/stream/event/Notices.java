package io.credence.stream.event;

import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Notice.Source;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Remark;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.inference.Step;
import io.credence.bayes.predict.Attribution;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.NoticeReason;
import io.credence.stream.avro.NoticeSource;
import io.credence.stream.avro.NoticedEvent;
import io.credence.stream.avro.NoticedFeedback;
import io.credence.stream.avro.NoticedPart;
import io.credence.stream.avro.NoticedRun;
import io.credence.stream.avro.NoticedTime;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.state.StoredBytesException;
import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The records of the notices topic, and what they mean to episodes. */
public final class Notices {
    private static final double LARGEST = 1e300;
    /** Labelled events after which a model's idea of what is usual is trusted by half. */
    private static final double HALF_TRUSTED = 1000;

    private Notices() {}

    /**
     * An event that the scorer holds for unusual.
     *
     * @param uncertain whether its prediction counts as uncertain
     * @param attribution what the prediction owes to the features, or null if that was not asked
     */
    @SuppressWarnings("NullAway") // The generated builder takes null for nullable fields.
    public static AlertNotice scored(
            Observation event,
            Origin source,
            Prediction prediction,
            ModelInfo model,
            boolean uncertain,
            @Nullable Attribution attribution) {
        Flags flags = prediction.flags();
        List<NoticeReason> reasons = new ArrayList<>();
        if (uncertain) {
            reasons.add(NoticeReason.UNCERTAIN);
        }
        // Features that are merely flagged raised nothing: who calls the alert false would move their threshold.
        if (flags.raises() || !uncertain) {
            reasons.add(NoticeReason.OUT_OF_RANGE);
        }
        return new AlertNotice(
                event.modelKey(),
                noticed(event, source, prediction, model)
                        .setSource(NoticeSource.SCORING)
                        .setReasons(reasons)
                        .setGrade(Math.max(flags.outOfRangeGrade(), uncertain ? flags.uncertainGrade() : 0))
                        .setFeatures(flags.outOfRangeFeatures())
                        .setAttributions(attribution == null ? List.of() : parts(attribution, flags))
                        .setAverageMean(attribution == null ? null : attribution.baseMean())
                        .setAverageVariance(attribution == null ? null : attribution.baseVariance())
                        .build());
    }

    private static List<NoticedPart> parts(Attribution attribution, Flags flags) {
        return attribution.causes(flags).stream()
                .map(part -> new NoticedPart(part.feature(), part.mean(), part.variance()))
                .toList();
    }

    /**
     * An event that the learner holds for unusual.
     *
     * @param source the record with its label
     * @param prediction made before it was learned
     */
    public static AlertNotice learned(
            Observation event, Origin source, Prediction prediction, ModelInfo model, Step.Verdict verdict) {
        List<NoticeReason> reasons =
                verdict.alarms().stream().map(Notices::reason).toList();
        List<String> features = Stream.concat(
                        prediction.flags().outOfRangeFeatures().stream(), verdict.repeating().stream())
                .distinct()
                .toList();
        NoticedEvent.Builder noticed = noticed(event, source, prediction, model);
        if (event.prior() != null && !(prediction instanceof ClassPrediction)) {
            foretold(noticed, event.prior());
        }
        return new AlertNotice(
                event.modelKey(),
                noticed.setSource(NoticeSource.LEARNING)
                        .setReasons(reasons)
                        .setGrade(1 - Math.pow(10, -verdict.score()))
                        .setActual(event.label())
                        .setFeatures(features)
                        .build());
    }

    /** A label that came later is judged by what was predicted when its event was asked about. */
    @SuppressWarnings("NullAway") // The generated builder takes null for nullable fields.
    private static void foretold(NoticedEvent.Builder noticed, Foretold prior) {
        noticed.setExpected(known(prior.mean())).setMean(prior.mean()).setDeviation(prior.deviation());
        if (!prior.lower().isEmpty()) {
            noticed.setLower(known(prior.lower().get(0)))
                    .setUpper(known(prior.upper().get(0)));
        }
    }

    @SuppressWarnings("NullAway") // The generated builder takes null for nullable fields.
    private static NoticedEvent.Builder noticed(
            Observation event, Origin source, Prediction prediction, ModelInfo model) {
        boolean classes = prediction instanceof ClassPrediction;
        return NoticedEvent.newBuilder()
                .setEventId(event.eventId())
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setEventTime(Instant.ofEpochMilli(event.timestamp()))
                .setConfidence(model.events() / (model.events() + HALF_TRUSTED))
                .setExpected(classes ? null : known(prediction.mean()))
                .setLower(known(prediction.lower()))
                .setUpper(known(prediction.upper()))
                .setDeviation(prediction.deviation())
                .setOutOfRangeScore(prediction.flags().outOfRangeScore())
                .setOutOfRangeFeatures(prediction.flags().outOfRangeFeatures())
                .setMean(prediction.mean())
                .setEpistemicVariance(prediction.epistemicVariance())
                .setAleatoricVariance(prediction.aleatoricVariance())
                .setModelEpoch(model.version().epoch())
                .setModelStep(model.version().step())
                .setEventsSeen(model.events());
    }

    /** Usual events in a row. */
    public static AlertNotice run(String modelKey, NoticeSource source, String last, long time, long clearing) {
        return new AlertNotice(modelKey, new NoticedRun(source, last, Instant.ofEpochMilli(time), clearing));
    }

    /** A time without an event. */
    public static AlertNotice time(String modelKey, long time) {
        return new AlertNotice(modelKey, new NoticedTime(Instant.ofEpochMilli(time)));
    }

    /**
     * What somebody says of an alert.
     *
     * @param raw the record that says so
     */
    @SuppressWarnings("NullAway") // The generated constructor takes null for nullable fields.
    public static AlertNotice feedback(FeedbackReader.Said said, RawRecord raw) {
        Remark remark = said.remark();
        return new AlertNotice(
                said.modelKey(),
                new NoticedFeedback(
                        remark.about(),
                        remark.missed(),
                        remark.questions().stream().map(Notices::reason).toList(),
                        said.note(),
                        ByteBuffer.wrap(RawRecordFormat.encode(raw))));
    }

    /** What is said, as it was read. */
    public static Remark remark(NoticedFeedback said) {
        return new Remark(said.getAbout(), said.getMissed(), questions(said.getKinds()));
    }

    /** The record that said so; rejected if it is none. */
    public static Outcome<RawRecord> raw(NoticedFeedback said) {
        byte[] bytes = new byte[said.getRecord().remaining()];
        said.getRecord().duplicate().get(bytes);
        try {
            return Outcome.of(RawRecordFormat.decode(bytes));
        } catch (StoredBytesException e) {
            return Outcome.reject(Reason.UNDECODABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What a record says of events; null if it is none of them.
     *
     * @param evidence the record's own bytes
     */
    public static @Nullable Notice notice(AlertNotice record, byte[] evidence) {
        if (record.getBody() instanceof NoticedRun run) {
            return Notice.run(
                    source(run.getSource()),
                    run.getEventId(),
                    run.getEventTime().toEpochMilli(),
                    run.getClearing());
        }
        if (!(record.getBody() instanceof NoticedEvent event)) {
            return null;
        }
        return new Notice(
                source(event.getSource()),
                event.getEventId(),
                event.getEventTime().toEpochMilli(),
                1,
                true,
                false,
                event.getGrade(),
                event.getConfidence(),
                number(event.getExpected()),
                number(event.getActual()),
                number(event.getLower()),
                number(event.getUpper()),
                questions(event.getReasons()),
                event.getFeatures(),
                evidence);
    }

    private static NoticeReason reason(Question question) {
        return switch (question) {
            case UNCERTAIN -> NoticeReason.UNCERTAIN;
            case SURPRISING -> NoticeReason.SURPRISING;
            case SHIFTED -> NoticeReason.SHIFTED;
            case STUCK -> NoticeReason.STUCK;
            default -> NoticeReason.OUT_OF_RANGE;
        };
    }

    private static Set<Question> questions(List<NoticeReason> reasons) {
        EnumSet<Question> questions = EnumSet.noneOf(Question.class);
        for (NoticeReason reason : reasons) {
            switch (reason) {
                case UNCERTAIN -> questions.add(Question.UNCERTAIN);
                case SURPRISING -> questions.add(Question.SURPRISING);
                case SHIFTED -> questions.add(Question.SHIFTED);
                case STUCK -> questions.add(Question.STUCK);
                default -> questions.add(Question.OUT_OF_RANGE);
            }
        }
        return questions;
    }

    private static Source source(NoticeSource source) {
        return source == NoticeSource.LEARNING ? Source.LEARNING : Source.SCORING;
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static @Nullable Double known(double value) {
        return Math.abs(value) < LARGEST ? value : null;
    }
}
