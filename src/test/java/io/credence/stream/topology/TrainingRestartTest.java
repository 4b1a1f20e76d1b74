package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.RecordLimit;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.state.TaskStores;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What survives when the heap does not: init() again on the same processor, and another processor on the same stores. */
class TrainingRestartTest {
    private static final Names NAMES = new Names("");

    private final MockProcessorContext<byte[], byte[]> context = learning();

    /** What a learner runs in, with its stores. */
    static MockProcessorContext<byte[], byte[]> learning() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        context.setRecordMetadata("test-training", 0, 0);
        context.setCurrentSystemTimeMs(1_000_000);
        for (String name : new String[] {NAMES.learnerState(), NAMES.learnerRing(), NAMES.learnerReservoir()}) {
            KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        return context;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 64", "5, 7", "5, 64", "64, 2"})
    void shouldBeByteEqualToOneFoldWhenItIsInterruptedAnywhere(int batchSize, int checkpointEvents) {
        CredenceConfig config = new Rides(
                        "credence.batch.size", "" + batchSize,
                        "credence.checkpoint.events", "" + checkpointEvents)
                .config();
        OnlineLearner whole = OnlineLearner.create(config.model(), "");
        TrainingProcessor learn = new TrainingProcessor(config, Rides.serdes(config));
        learn.init(context);
        for (int i = 0; i < 200; i++) {
            whole.fold(entry(i));
            learn.process(record(config, entry(i)));
            if (i % 13 == 4) {
                learn.init(context);
            }
            if (i % 29 == 11) {
                learn = new TrainingProcessor(config, Rides.serdes(config));
                learn.init(context);
            }
            if (i % 31 == 7) {
                publish();
            }
        }
        learn.init(context);
        var stores = new TaskStores(
                context.getStateStore(NAMES.learnerState()),
                context.getStateStore(NAMES.learnerRing()),
                context.getStateStore(NAMES.learnerReservoir()),
                config.model().shape().fingerprint(),
                1,
                RecordLimit.USUAL_CHUNK);
        DurableModel live = DurableModel.open(config.model(), stores.open(""), 64);
        assertEquals(whole.pending(), live.learner().pending());
        assertArrayEquals(
                SnapshotCodec.encode(whole.state()),
                SnapshotCodec.encode(live.learner().state()));
        assertEquals(
                whole.reservoir().slots(), live.learner().reservoir().slots(), "with the labels that were corrected");
        assertEquals(200, stores.open("").logged());
        assertTrue(stores.open("").unfoldedCount() <= batchSize + checkpointEvents, "redo log");
    }

    @Test
    void shouldPublishAfterARestartWhatWasNotPublishedBefore() {
        CredenceConfig config = new Rides().config();
        TrainingProcessor learn = new TrainingProcessor(config, Rides.serdes(config));
        learn.init(context);
        for (int i = 0; i < 70; i++) {
            learn.process(record(config, example(i)));
        }
        learn.init(context);
        assertEquals(0, context.forwarded(NAMES.toPosteriors()).size());
        publish();
        assertEquals(1, context.forwarded(NAMES.toPosteriors()).size());
        learn.init(context);
        publish();
        assertEquals(1, context.forwarded(NAMES.toPosteriors()).size(), "published once");
    }

    @Test
    void shouldPunctuateOnceWhenItIsInitialisedAgain() {
        CredenceConfig config = new Rides().config();
        TrainingProcessor learn = new TrainingProcessor(config, Rides.serdes(config));
        learn.init(context);
        learn.init(context);
        assertTrue(context.scheduledPunctuators().get(0).cancelled());
        assertEquals(2, context.scheduledPunctuators().size());
    }

    private void publish() {
        List.copyOf(context.scheduledPunctuators()).stream()
                .filter(alarm -> !alarm.cancelled())
                .forEach(alarm -> alarm.getPunctuator().punctuate(1_000));
    }

    private static Observation example(int i) {
        float km = (i * 37) % 11;
        return new Observation("", "e" + i, i, new FeatureVector(new float[] {km}), 3 * km + i % 2);
    }

    /** Every third entry corrects an event of before, which may lie in the open minibatch. */
    private static Observation entry(int i) {
        if (i % 3 != 2) {
            return example(i);
        }
        int of = i - 1 - i % 2 * (i % 20);
        Observation before = foretold(example(Math.max(0, of)), 0);
        return foretold(before, 5 + i).correcting(before);
    }

    private static Observation foretold(Observation event, double more) {
        double label = event.label() + more;
        Foretold then = new Foretold(0, 1, 7, 2, List.of(3.0), List.of(11.0), 0.5, -label / 10);
        return new Observation("", event.eventId(), event.timestamp(), event.features(), label, then);
    }

    private static Record<byte[], byte[]> record(CredenceConfig config, Observation example) {
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            TrainingRecord entry = TrainingLog.example(example, new Origin("t", 0, 0));
            return new Record<>(new byte[0], serde.serializer().serialize("test-training", entry), 0);
        }
    }
}
