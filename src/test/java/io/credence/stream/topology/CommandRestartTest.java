package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.RecordLimit;
import io.credence.stream.event.Commands;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.state.StoreBuilders;
import io.credence.stream.state.TaskStores;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log of examples and commands, its learner interrupted anywhere: the models are those of one offline fold. */
class CommandRestartTest {
    private static final Names NAMES = new Names("");

    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private long offset;

    CommandRestartTest() {
        context.setCurrentSystemTimeMs(1_000);
        for (String name : new String[] {NAMES.learnerState(), NAMES.learnerRing(), NAMES.learnerReservoir()}) {
            KeyValueStore<Bytes, byte[]> store = StoreBuilders.global(name).build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 64, 2", "5, 7, 3", "5, 64, 4", "16, 8, 5"})
    void shouldBeByteEqualToTheOfflineFoldWhenItIsInterruptedAnywhere(int batch, int checkpoint, int seed) {
        CredenceConfig config = new Rides(
                        "credence.batch.size",
                        "" + batch,
                        "credence.checkpoint.events",
                        "" + checkpoint,
                        "credence.rival.events",
                        "20")
                .config();
        Random random = new Random(seed);
        List<TrainingRecord> log = log(random, config);
        TrainingProcessor learn = new TrainingProcessor(config, Rides.serdes(config));
        learn.init(context);
        try (LogFold whole = new LogFold(config)) {
            for (TrainingRecord entry : log) {
                Record<byte[], byte[]> record = record(config, entry);
                Origin at = new Origin("test-training", 0, offset++);
                context.setRecordMetadata(at.topic(), at.partition(), at.offset());
                whole.fold(record, at);
                learn.process(record);
                if (random.nextInt(6) == 0) {
                    learn.init(context);
                }
                if (random.nextInt(9) == 0) {
                    learn = new TrainingProcessor(config, Rides.serdes(config));
                    learn.init(context);
                }
                if (random.nextInt(12) == 0) {
                    var punctuators = context.scheduledPunctuators();
                    punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(1_000);
                }
            }
            OnlineLearner offline = whole.models().get("");
            DurableModel live = reopened(config);
            assertEquals(offline.pending(), live.learner().pending());
            assertArrayEquals(
                    SnapshotCodec.encode(offline.state()),
                    SnapshotCodec.encode(live.learner().state()));
            assertEquals(whole.commands(), offline.version().epoch(), "every command is an epoch");
            assertTrue(whole.commands() >= 4, "commands " + whole.commands());
            assertEquals(
                    whole.refused(),
                    context.forwarded(NAMES.deadLettersOf(NAMES.learn())).size());
            increasing(config);
        }
    }

    private DurableModel reopened(CredenceConfig config) {
        var stores = new TaskStores(
                context.getStateStore(NAMES.learnerState()),
                context.getStateStore(NAMES.learnerRing()),
                context.getStateStore(NAMES.learnerReservoir()),
                config.model().shape().fingerprint(),
                1,
                RecordLimit.USUAL_CHUNK);
        return DurableModel.open(config.model(), stores.open(""), 64);
    }

    private void increasing(CredenceConfig config) {
        try (var serde = CredenceSerde.of(PosteriorChunk.class, config.serde())) {
            long epoch = -1;
            long step = -1;
            for (var forward : context.forwarded(NAMES.toPosteriors())) {
                PosteriorChunk chunk = serde.deserializer()
                        .deserialize("p", (byte[]) forward.record().value());
                assertTrue(
                        chunk.getEpoch() > epoch || (chunk.getEpoch() == epoch && chunk.getStep() > step),
                        "(" + chunk.getEpoch() + ", " + chunk.getStep() + ") after (" + epoch + ", " + step + ")");
                epoch = chunk.getEpoch();
                step = chunk.getStep();
            }
        }
    }

    /** Runs of examples with a command after each: whole, torn, or with examples between its parts. */
    private static List<TrainingRecord> log(Random random, CredenceConfig config) {
        List<TrainingRecord> log = new ArrayList<>();
        LearnerState donor = donor(config, 33);
        for (int round = 0; round < 10; round++) {
            examples(log, random, 5 + random.nextInt(60));
            String id = "c" + round;
            Set<Question> kinds = round % 2 == 0 ? Set.of(Question.SURPRISING, Question.STUCK) : Set.of();
            log.add(new TrainingRecord(Commands.feedback("", kinds, round == 4, "e", null, id, Instant.EPOCH)));
            examples(log, random, 3);
            switch (round % 5) {
                case 0 -> log.add(new TrainingRecord(Commands.reset("", id, Instant.EPOCH)));
                case 1 -> {
                    for (Command part : Commands.importing("", donor, id, Instant.EPOCH, 150)) {
                        log.add(new TrainingRecord(part));
                        examples(log, random, random.nextInt(3));
                    }
                }
                case 2 ->
                    Commands.rollback(donor, id, Instant.EPOCH, 200).forEach(part -> log.add(new TrainingRecord(part)));
                case 3 -> log.add(new TrainingRecord(Commands.forget("", id, Instant.EPOCH)));
                default ->
                    Commands.importing("", donor, id, Instant.EPOCH, 150).stream()
                            .limit(2)
                            .forEach(part -> log.add(new TrainingRecord(part)));
            }
        }
        examples(log, random, 43);
        return log;
    }

    private static void examples(List<TrainingRecord> log, Random random, int count) {
        for (int i = 0; i < count; i++) {
            log.add(TrainingLog.example(example(log.size(), random), new Origin("t", 0, log.size())));
        }
    }

    private static Observation example(int i, Random random) {
        float km = random.nextInt(11);
        return new Observation("", "e" + i, i, new FeatureVector(new float[] {km}), 3 * km + i % 2);
    }

    private static LearnerState donor(CredenceConfig config, int events) {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        Random random = new Random(99);
        for (int i = 0; i < events; i++) {
            learner.fold(example(i, random));
        }
        return learner.state();
    }

    private static Record<byte[], byte[]> record(CredenceConfig config, TrainingRecord entry) {
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            return new Record<>(new byte[0], serde.serializer().serialize("test-training", entry), 0);
        }
    }
}
