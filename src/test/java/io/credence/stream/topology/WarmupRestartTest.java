package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.state.WaitingEvents;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Events that wait for their model survive the heap, and so does how long they have waited and for what. */
class WarmupRestartTest {
    private static final Names NAMES = new Names("");
    private static final int LABELS = 7;

    private final Rides rides = new Rides(
            "credence.topic.unlabelled", Rides.LABELLED,
            "credence.warmup.policy", "wait",
            "credence.warmup.wait.ms", "60000",
            "credence.score.batch.size", "4",
            "credence.score.linger.ms", "20");
    private final CredenceConfig config = rides.config();
    private final MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
    private long offset;

    WarmupRestartTest() {
        for (String name : new String[] {NAMES.scorePending(), NAMES.scoreMarks(), NAMES.posteriorsGlobal()}) {
            KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        context.setCurrentSystemTimeMs(1_000_000);
    }

    @Test
    void shouldScoreEachEventOnceAndInOrderWhenRestartedInTheMiddle() {
        ScoringProcessor score = processor();
        labels(score);
        for (int i = 0; i < 30; i++) {
            send(score, "e" + i, null);
            if (i % 5 == 2) {
                score.init(context);
            }
            if (i % 7 == 3) {
                score = processor();
            }
        }
        punctuate();
        assertEquals(List.of(), scored(), "nothing is learned yet");

        ScoringProcessor successor = processor();
        publish();
        punctuate();
        assertEquals(IntStream.range(0, 30).mapToObj(i -> "e" + i).toList(), ids());
        for (GenericRecord record : scored()) {
            assertEquals((long) LABELS, Bench.prediction(record).get("eventsSeen"));
        }
        successor.init(context);
        punctuate();
        assertEquals(30, scored().size(), "none again");
        assertEquals(0, waiting(), "none is left in the store");
    }

    @Test
    void shouldRememberTheLabelsBeforeWhenRestartedBetweenThemAndTheEvent() {
        labels(processor());
        ScoringProcessor successor = processor();
        send(successor, "e", null);
        punctuate();
        assertEquals(List.of(), scored());
        publish();
        punctuate();
        assertEquals(List.of("e"), ids());
    }

    @Test
    void shouldScoreWhatWaitedFirstWhenRestartedWithAnotherPolicy() {
        ScoringProcessor score = processor();
        labels(score);
        send(score, "e", null);
        send(score, "f", null);
        ScoringProcessor successor = start(rides.config("credence.warmup.policy", "flag"));
        send(successor, "g", null);
        punctuate();
        send(successor, "h", null);
        punctuate();
        assertEquals(List.of("e", "f", "g", "h"), ids());
    }

    @Test
    void shouldNotWaitAnewWhenRestarted() {
        ScoringProcessor score = processor();
        labels(score);
        send(score, "e", null);
        context.setCurrentSystemTimeMs(1_059_999);
        processor();
        punctuate();
        assertEquals(List.of(), scored());
        context.setCurrentSystemTimeMs(1_060_000);
        punctuate();
        assertEquals(List.of("e"), ids());
    }

    @Test
    void shouldNotWaitWhenTheWarmUpWasOverBeforeTheRestart() {
        ScoringProcessor score = processor();
        labels(score);
        publish();
        send(score, "e", null);
        score = processor();
        send(score, "not learned", 2.0);
        send(score, "f", null);
        assertEquals(List.of("e", "f"), ids());
    }

    /** The events that are stored and wait for their model. */
    private long waiting() {
        KeyValueStore<Bytes, byte[]> pending = context.getStateStore(NAMES.scorePending());
        return new WaitingEvents(pending).all().size();
    }

    private void labels(ScoringProcessor score) {
        for (int i = 0; i < LABELS; i++) {
            send(score, "label", i / 2.0);
        }
    }

    /** Puts a model that has learned the labels where the scorer looks for it. */
    private void publish() {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        for (int i = 0; i < LABELS; i++) {
            learner.fold(new Observation("", "x", 0, new FeatureVector(new float[] {1}), i / 2.0));
        }
        SourceOffsets learned = SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 5, LABELS - 1));
        KeyValueStore<Bytes, byte[]> posteriors = context.getStateStore(NAMES.posteriorsGlobal());
        try (var serde = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
            PosteriorChunk chunk = PosteriorChunks.split(learner.state(), 1 << 20, Instant.EPOCH, learned)
                    .get(0);
            posteriors.put(Bytes.wrap(Bench.utf8("/0")), serde.serializer().serialize("p", chunk));
        }
    }

    /** A task that starts. */
    private ScoringProcessor processor() {
        return start(config);
    }

    private ScoringProcessor start(CredenceConfig config) {
        context.scheduledPunctuators().forEach(alarm -> alarm.cancel());
        ScoringProcessor score = new ScoringProcessor(
                config, new SharedSamples(), Rides.serdes(config), new InputReads(LabelEnds.none()));
        score.init(context);
        return score;
    }

    private void punctuate() {
        List.copyOf(context.scheduledPunctuators()).stream()
                .filter(alarm -> !alarm.cancelled())
                .forEach(alarm -> alarm.getPunctuator().punctuate(context.currentSystemTimeMs()));
    }

    private void send(ScoringProcessor score, String id, Double fare) {
        Origin at = new Origin(Rides.LABELLED, 5, offset++);
        context.setRecordMetadata(at.topic(), at.partition(), at.offset());
        byte[] value = rides.bytes(Rides.LABELLED, Rides.ride(id, null, 1, fare));
        RawRecord raw = new RawRecord(new Record<>(null, value, 7_777, new RecordHeaders()), at);
        try (TaskSerdes serdes = TaskSerdes.of(config.serde())) {
            Event event = new EventReader(config, LabelRule.OPTIONAL, serdes)
                    .read(raw)
                    .orElseThrow();
            score.process(new Record<>(null, event, 7_777, new RecordHeaders()));
        }
    }

    private List<String> ids() {
        return scored().stream().map(record -> record.get("id").toString()).toList();
    }

    private List<GenericRecord> scored() {
        return context.forwarded(NAMES.toScored()).stream()
                .map(f -> rides.read(((Scored) f.record().value()).value()))
                .toList();
    }
}
