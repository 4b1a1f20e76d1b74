package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Attribution;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.WaitingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.ScoringSection.AgePolicy;
import io.credence.stream.config.WarmupSection.Policy;
import io.credence.stream.event.EnrichedWriter;
import io.credence.stream.event.SeriesReader;
import io.credence.stream.event.WaitingLog;
import io.credence.stream.state.Asked;
import io.credence.stream.state.ScorerMarks;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.RecordEncoder;
import io.credence.stream.wire.TaskSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Scores a micro-batch: predicts each model's events together, judges them in order, and encodes what is to be written.
 * Everything is computed first; the marks are stored last.
 */
final class VerdictMaker {
    private final CredenceConfig config;
    private final PosteriorView posteriors;
    private final KeyValueStore<Bytes, byte[]> marks;
    private final CatchUp patience;
    private final EnrichedWriter enriched;
    private final RecordEncoder encoder;
    private final CredenceSerde<WaitingRecord> log;
    private final Explanations explanations;
    private final @Nullable SeriesReader seriesOf;

    VerdictMaker(
            CredenceConfig config,
            TaskSerdes serdes,
            ReadOnlyKeyValueStore<Bytes, byte[]> posteriors,
            KeyValueStore<Bytes, byte[]> marks,
            Duration patience,
            SharedSamples samples) {
        this.config = config;
        this.log = serdes.own(WaitingRecord.class);
        this.posteriors = new PosteriorView(
                posteriors::get, serdes.own(PosteriorChunk.class), config.model(), samples, liveModels(config));
        this.marks = marks;
        this.patience = new CatchUp(patience);
        this.enriched =
                new EnrichedWriter(config.model().label(), config.events().prediction());
        this.encoder = serdes.encoder();
        this.explanations = new Explanations(config.alerts());
        this.seriesOf = SeriesEvents.takeLabels(config) ? SeriesEvents.reader(config) : null;
    }

    private static int liveModels(CredenceConfig config) {
        long fit = config.scoring().sampleBytes() / Predictors.sampleBytes(config.model());
        return (int) Math.max(1, Math.min(config.publishing().liveModels(), fit));
    }

    /**
     * Scores events; the verdicts come in the events' order.
     *
     * @param now wall-clock time, milliseconds since the epoch
     */
    List<Verdict> score(List<Event> batch, long now) {
        Map<String, Scoring> models = new LinkedHashMap<>();
        List<Scoring> ofEvent = new ArrayList<>(batch.size());
        for (Event event : batch) {
            Scoring model = models.computeIfAbsent(event.observation().modelKey(), key -> new Scoring());
            model.events.add(event.observation());
            ofEvent.add(model);
        }
        models.forEach((modelKey, model) -> predict(modelKey, model, now));
        List<Verdict> verdicts = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            verdicts.add(verdict(batch.get(i), ofEvent.get(i)));
        }
        models.forEach((modelKey, model) -> model.marks.write(marks, modelKey));
        return verdicts;
    }

    /** The newest version of a model that is here. */
    ModelInfo newest(String modelKey) {
        return posteriors.latest(modelKey).info();
    }

    /** The labels that the learner of the newest version had taken. */
    SourceOffsets learned(String modelKey) {
        return posteriors.learned(modelKey);
    }

    /** One model after the other: the view, not the micro-batch, bounds how many are in memory. */
    private void predict(String modelKey, Scoring scoring, long now) {
        ScorerMarks used = ScorerMarks.read(marks, modelKey);
        Predictor predictor = patience.await(() -> posteriors.latest(modelKey), used);
        scoring.model = predictor.info();
        scoring.predictions = predictor.predictStream(scoring.events);
        scoring.marks = used;
        scoring.tooOld = isTooOld(posteriors.publishedAt(modelKey), now);
        scoring.attributions = isRefused(scoring)
                ? Collections.nCopies(scoring.events.size(), null)
                : explanations.of(predictor, scoring.events, scoring.predictions, now);
    }

    /** The prior is of no age: it is marked as warming up already. */
    private boolean isTooOld(@Nullable Instant publishedAt, long now) {
        Long limit = config.scoring().maxModelAgeMs();
        return limit != null && publishedAt != null && now - publishedAt.toEpochMilli() > limit;
    }

    private boolean isRefused(Scoring scoring) {
        return scoring.tooOld && config.scoring().agePolicy() == AgePolicy.REFUSE;
    }

    private Verdict verdict(Event event, Scoring scoring) {
        @Nullable Attribution attribution = scoring.attributions.get(scoring.next);
        Prediction prediction = scoring.next();
        ModelInfo model = scoring.model;
        if (isRefused(scoring)) {
            return new Verdict(event, tooOld(model), null, waiting(event, null));
        }
        if (model.warmingUp() && config.warmup().policy() == Policy.WITHHOLD) {
            return new Verdict(event, warmingUp(model), null, waiting(event, null));
        }
        scoring.marks = new ScorerMarks(model.version());
        boolean uncertain = config.alerts().uncertain(prediction, model);
        var headers = event.raw().record().headers();
        Outcome<byte[]> value = enriched.enrich(event.record(), prediction, model, uncertain, scoring.tooOld)
                .flatMap(r -> encoder.encode(config.topics().scored(), headers, r));
        boolean written = value.<Boolean>fold(bytes -> true, bad -> false);
        return new Verdict(
                event,
                value,
                new Said(prediction, model, uncertain, attribution),
                waiting(event, written && model.events() > 0 ? new Asked.Said(model.version(), prediction) : null));
    }

    /** What waits for the label; null where none comes later. */
    private byte @Nullable [] waiting(Event event, Asked.@Nullable Said said) {
        String topic = config.topics().waiting();
        if (topic == null) {
            return null;
        }
        Asked asked = new Asked(event.observation(), event.raw().at(), series(event), said);
        return log.serializer().serialize(topic, WaitingLog.asked(asked));
    }

    private @Nullable String series(Event event) {
        return seriesOf == null
                ? null
                : seriesOf.series(event.record()).<@Nullable String>fold(name -> name, bad -> null);
    }

    private Outcome<byte[]> tooOld(ModelInfo model) {
        return Outcome.reject(
                Reason.MODEL_TOO_OLD,
                "version " + model.version() + " of model '" + model.modelKey()
                        + "' was published more than "
                        + config.scoring().maxModelAgeMs() + " ms ago");
    }

    private Outcome<byte[]> warmingUp(ModelInfo model) {
        return Outcome.reject(
                Reason.MODEL_WARMING_UP,
                "model '" + model.modelKey() + "' had learned " + model.events()
                        + " events when the wait was over, and is warm after "
                        + config.model().predictive().warmupEvents());
    }

    /**
     * What is to be written for an event.
     *
     * @param event the event
     * @param value the encoded scored record, or why there is none
     * @param said what was said of it, or null if nothing was
     * @param waiting the encoded event as it waits for its label, or null
     */
    record Verdict(
            Event event, Outcome<byte[]> value, @Nullable Said said, byte @Nullable [] waiting) {}

    /**
     * What was said of an event.
     *
     * @param prediction its prediction, with flags
     * @param model that made it
     * @param uncertain whether it counts as uncertain
     * @param attribution what it owes to the features, or null if nobody asked
     */
    record Said(
            Prediction prediction,
            ModelInfo model,
            boolean uncertain,
            @Nullable Attribution attribution) {
        boolean isFlagged() {
            return uncertain || prediction.flags().outOfRange();
        }
    }

    /** One model's part of a micro-batch. */
    @SuppressWarnings("NullAway.Init") // predict() sets the fields
    private static final class Scoring {
        private final List<Observation> events = new ArrayList<>();
        private ModelInfo model;
        private List<Prediction> predictions = List.of();
        private List<@Nullable Attribution> attributions = List.of();
        private ScorerMarks marks;
        private boolean tooOld;
        private int next;

        Prediction next() {
            return predictions.get(next++);
        }
    }
}
