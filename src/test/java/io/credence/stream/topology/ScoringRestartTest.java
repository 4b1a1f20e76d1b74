package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.ScorerMarks;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unscored events survive the heap: init() again on the same processor, and another processor on the same stores. */
class ScoringRestartTest {
    private static final Names NAMES = new Names("");

    private final Rides rides = new Rides(
            "credence.score.batch.size", "4", "credence.score.linger.ms", "20", "credence.max.model.age.ms", "5000");
    private final CredenceConfig config = rides.config();
    private final MockProcessorContext<byte[], Object> context = new MockProcessorContext<>();
    private long offset;

    ScoringRestartTest() {
        for (String name : new String[] {NAMES.scorePending(), NAMES.scoreMarks(), NAMES.posteriorsGlobal()}) {
            KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        context.setCurrentSystemTimeMs(1_000_000);
    }

    @Test
    void shouldScoreEachEventOnceAndInOrderWhenInitialisedAgainAnywhere() {
        ScoringProcessor score = processor();
        score.init(context);
        for (int i = 0; i < 30; i++) {
            send(score, "e" + i);
            if (i % 5 == 2) {
                score.init(context);
            }
            if (i % 7 == 3) {
                score = processor();
                score.init(context);
            }
        }
        context.setCurrentSystemTimeMs(1_000_100);
        punctuate(1_000_100);
        List<String> expected =
                java.util.stream.IntStream.range(0, 30).mapToObj(i -> "e" + i).toList();
        assertEquals(expected, scored());
    }

    @Test
    void shouldScoreWhatWaitsWhenTheClockWasSetBackAndTheTaskHasANewThread() {
        ScoringProcessor score = processor();
        score.init(context);
        send(score, "a");
        send(score, "waits");
        context.setCurrentSystemTimeMs(100_000);
        ScoringProcessor successor = processor();
        successor.init(context);
        punctuate(100_020);
        assertEquals(List.of("a", "waits"), scored());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldScoreEachEventOnceAndInOrderWhenTheClockJumpsToAndFro(long seed) {
        Random random = new Random(seed);
        ScoringProcessor score = processor();
        score.init(context);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add("e" + i);
            send(score, "e" + i);
            context.setCurrentSystemTimeMs(random.nextLong(1_000_000_000_000L));
            if (random.nextInt(4) == 0) {
                punctuate(context.currentSystemTimeMs());
            } else if (random.nextInt(4) == 0) {
                score = processor();
                score.init(context);
            }
            assertTrue(scored().size() > i - 4, "no more than a batch may wait, whatever the clock says");
        }
        processor().init(context);
        punctuate(context.currentSystemTimeMs() + 20);
        assertEquals(sent, scored());
    }

    @Test
    void shouldNotCallAModelOldWhenTheClockWasSetBackAfterItWasPublished() {
        publish(Instant.ofEpochMilli(1_000_000));
        ScoringProcessor score = processor();
        score.init(context);
        for (long now : new long[] {1_005_000, 1_005_001, 1_000, 1_005_001}) {
            context.setCurrentSystemTimeMs(now);
            send(score, "at " + now);
            punctuate(now + 20);
        }
        List<Object> old = context.forwarded(NAMES.toScored()).stream()
                .map(f -> Bench.prediction(rides.read(((Scored) f.record().value()).value()))
                        .get("modelTooOld"))
                .toList();
        assertEquals(List.of(false, true, false, true), old);
    }

    @Test
    void shouldKeepHeadersTimestampAndPartitionWhenReloaded() {
        ScoringProcessor score = processor();
        score.init(context);
        send(score, "first");
        send(score, "waits");
        ScoringProcessor other = processor();
        other.init(context);
        punctuate(1_000_020);
        var forwards = context.forwarded(NAMES.toScored());
        Record<?, ?> record = forwards.get(1).record();
        assertEquals(7_777, record.timestamp());
        assertEquals(
                "waits",
                new String(record.headers().lastHeader("id").value(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(5, ((Scored) record.value()).partition());
        assertNull(record.key());
    }

    @Test
    void shouldForgetNothingAndRepeatNothingWhenNothingIsPending() {
        ScoringProcessor score = processor();
        score.init(context);
        send(score, "a");
        score.init(context);
        punctuate(2_000_000);
        assertEquals(List.of("a"), scored());
        assertTrue(context.scheduledPunctuators().get(0).cancelled());
    }

    @Test
    void shouldHaveAnAlarmOnlyWhileEventsWait() {
        ScoringProcessor score = processor();
        score.init(context);
        assertEquals(1, alarms(), "for what a predecessor left");
        send(score, "at once");
        assertEquals(0, alarms());
        send(score, "b");
        send(score, "c");
        assertEquals(1, alarms());
        send(score, "d");
        send(score, "fills the batch");
        assertEquals(0, alarms());
        send(score, "f");
        punctuate(1_000_020);
        assertEquals(0, alarms());
        assertEquals(6, scored().size());
    }

    private long alarms() {
        return context.scheduledPunctuators().stream()
                .filter(alarm -> !alarm.cancelled())
                .count();
    }

    @Test
    void shouldRatherFailThanScoreWithAnOlderVersionThanTheOneUsed() {
        OnlineLearner learner = publish(Instant.EPOCH);
        KeyValueStore<Bytes, byte[]> posteriors = context.getStateStore(NAMES.posteriorsGlobal());
        ScoringProcessor score = new ScoringProcessor(
                config,
                new SharedSamples(),
                Rides.serdes(config),
                new InputReads(LabelEnds.none()),
                Duration.ofMillis(40));
        score.init(context);
        send(score, "a");
        KeyValueStore<Bytes, byte[]> marks = context.getStateStore(NAMES.scoreMarks());
        assertEquals(learner.version(), ScorerMarks.read(marks, "").version());

        byte[] newest = posteriors.delete(Bytes.wrap(Bench.utf8("/0")));
        score.init(context);
        assertThrows(ModelBehindException.class, () -> send(score, "b"));
        assertEquals(List.of("a"), scored());

        posteriors.put(Bytes.wrap(Bench.utf8("/0")), newest);
        ScoringProcessor successor = new ScoringProcessor(
                config,
                new SharedSamples(),
                Rides.serdes(config),
                new InputReads(LabelEnds.none()),
                Duration.ofMillis(40));
        successor.init(context);
        send(successor, "b");
        assertEquals(List.of("a", "b"), scored());
        assertEquals(learner.version(), ScorerMarks.read(marks, "").version());
    }

    /** Puts a model that has learned one event where the scorer looks for it. */
    private OnlineLearner publish(Instant at) {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        learner.fold(new Observation("", "x", 0, new FeatureVector(new float[] {1}), 2));
        KeyValueStore<Bytes, byte[]> posteriors = context.getStateStore(NAMES.posteriorsGlobal());
        try (var serde = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
            PosteriorChunk chunk =
                    PosteriorChunks.split(learner.state(), 1 << 20, at).get(0);
            posteriors.put(Bytes.wrap(Bench.utf8("/0")), serde.serializer().serialize("p", chunk));
        }
        return learner;
    }

    private ScoringProcessor processor() {
        return new ScoringProcessor(
                config, new SharedSamples(), Rides.serdes(config), new InputReads(LabelEnds.none()));
    }

    private void punctuate(long now) {
        var punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(now);
    }

    private void send(ScoringProcessor score, String id) {
        Origin at = new Origin(Rides.UNLABELLED, 5, offset++);
        context.setRecordMetadata(at.topic(), at.partition(), at.offset());
        byte[] value = rides.bytes(Rides.UNLABELLED, Rides.ride(id, null, 1, null));
        var headers = new RecordHeaders().add("id", Bench.utf8(id));
        RawRecord raw = new RawRecord(new Record<>(null, value, 7_777, headers), at);
        try (TaskSerdes serdes = TaskSerdes.of(config.serde())) {
            Event event =
                    new EventReader(config, LabelRule.IGNORED, serdes).read(raw).orElseThrow();
            score.process(new Record<>(null, event, 7_777, headers));
        }
    }

    private List<String> scored() {
        return context.forwarded(NAMES.toScored()).stream()
                .map(f -> rides.read(((Scored) f.record().value()).value())
                        .get("id")
                        .toString())
                .toList();
    }
}
