package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.state.TaskStores;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Many more models than stay on the heap, each of which learns now and then, at the default size. */
class ColdModelTest {
    private static final Names NAMES = new Names("");
    private static final int MODELS = 6;
    private static final int ROUNDS = 24;

    /** A state has 170 KB: written with each example, it would be six times the bar. */
    private static final long MOST_BYTES = 30_000;

    private final CredenceConfig config = new Rides(
                    "credence.model.key", "city",
                    "credence.live.models", "2",
                    "credence.hidden", "64,64",
                    "credence.replay.events", "8",
                    "credence.replay.capacity", "100")
            .config();
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private long written;

    ColdModelTest() {
        context.setCurrentSystemTimeMs(1_000);
        for (String name : new String[] {NAMES.learnerState(), NAMES.learnerRing(), NAMES.learnerReservoir()}) {
            context.addStateStore(new SimStore(name, (store, key, value) -> {
                store.keep(key, value);
                written += key.get().length + value.length;
            }));
        }
    }

    @Test
    void shouldWriteFarLessThanItsStateWhenAModelThatWasPutAwayLearnsAnExample() {
        TrainingProcessor learn = new TrainingProcessor(config, Rides.serdes(config));
        learn.init(context);
        try (LogFold whole = new LogFold(config)) {
            for (int i = 0; i < MODELS * ROUNDS; i++) {
                Origin at = new Origin("t", 0, i);
                context.setRecordMetadata(at.topic(), at.partition(), at.offset());
                Record<byte[], byte[]> record = record(i);
                learn.process(record);
                whole.fold(record, at);
                if (i % MODELS == MODELS - 1) {
                    context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_000);
                    context.resetForwards();
                }
            }
            long bytes = written / (MODELS * ROUNDS);
            assertTrue(bytes <= MOST_BYTES, "bytes written for an example: " + bytes);
            whole.models()
                    .forEach((model, folded) -> assertArrayEquals(
                            SnapshotCodec.encode(folded.state()),
                            SnapshotCodec.encode(reopened(model).learner().state()),
                            model));
        }
        learn.close();
    }

    private DurableModel reopened(String model) {
        var stores = new TaskStores(
                context.getStateStore(NAMES.learnerState()),
                context.getStateStore(NAMES.learnerRing()),
                context.getStateStore(NAMES.learnerReservoir()),
                config.model().shape().fingerprint(),
                1,
                config.publishing().chunkBytes());
        return DurableModel.open(config.model(), stores.open(model), 64);
    }

    private Record<byte[], byte[]> record(int i) {
        String model = "city" + i % MODELS;
        float km = i * 37 % 11;
        Observation example = new Observation(model, "e" + i, i, new FeatureVector(new float[] {km}), 3 * km + i % 2);
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            TrainingRecord entry = TrainingLog.example(example, new Origin("t", 0, i));
            return new Record<>(Bench.utf8(model), serde.serializer().serialize("test-training", entry), i);
        }
    }
}
