package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.Change;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Step;
import io.credence.stream.avro.ChangeCause;
import io.credence.stream.avro.StreamChange;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of the stream is told once, as a fold finds it, however often the heap is lost. */
class ChangesTest {
    private static final Names NAMES = new Names("");
    private static final int CHANGED = 2730;
    private static final int EVENTS = 3300;

    private final MockProcessorContext<byte[], byte[]> context = TrainingRestartTest.learning();

    @ParameterizedTest
    @CsvSource({"1, 64", "5, 7"})
    void shouldTellOfAChangeOnceWhenItIsInterruptedAnywhere(int batchSize, int checkpointEvents) {
        CredenceConfig config = new Rides(
                        "credence.batch.size", "" + batchSize,
                        "credence.checkpoint.events", "" + checkpointEvents)
                .config();
        OnlineLearner whole = OnlineLearner.create(config.model(), "");
        TrainingProcessor learn = new TrainingProcessor(config, Rides.serdes(config));
        learn.init(context);
        List<Change> folded = new ArrayList<>();
        List<Observation> examples = examples();
        for (int i = 0; i < EVENTS; i++) {
            Step step = whole.fold(examples.get(i));
            if (step != null && step.change() != null) {
                folded.add(step.change());
            }
            learn.process(record(config, examples.get(i), i));
            if (i % 37 == 4) {
                learn = new TrainingProcessor(config, Rides.serdes(config));
                learn.init(context);
            }
        }

        List<StreamChange> told = told(config);
        assertEquals(1, folded.size());
        assertEquals(1, told.size());
        Change change = folded.get(0);
        StreamChange one = told.get(0);
        assertEquals(ChangeCause.INPUTS, one.getCause());
        assertEquals(change.evidence(), one.getEvidence());
        assertEquals(change.lossAfter(), one.getLossAfter());
        assertEquals("km", one.getFeatures().get(0).getFeature());
        // Event n of the stream was made of the record with offset 10 n.
        assertEquals(change.firstEvent(), one.getFirst().getEvent());
        assertEquals(10 * (change.firstEvent() - 1), one.getFirst().getOffset());
        assertEquals(change.firstEvent() - 1, one.getFirst().getEventTime().toEpochMilli());
        assertNotNull(one.getFirst().getTopic());
        assertEquals(10 * (change.lastEvent() - 1), one.getLast().getOffset());
        assertTrue(change.firstEvent() <= CHANGED + 51 && change.lastEvent() > CHANGED, change.toString());
    }

    private List<StreamChange> told(CredenceConfig config) {
        try (var serde = CredenceSerde.of(StreamChange.class, config.serde())) {
            return context.forwarded(NAMES.toChanges()).stream()
                    .map(told -> serde.decode(told.record().value()).<StreamChange>fold(read -> read, bad -> {
                        throw new AssertionError(bad.toString());
                    }))
                    .toList();
        }
    }

    private static List<Observation> examples() {
        Random random = new Random(5);
        List<Observation> examples = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            float km = (float) (random.nextGaussian() + (i >= CHANGED ? 2 : 0));
            FeatureVector x = new FeatureVector(new float[] {km});
            examples.add(new Observation("", "e" + i, i, x, 3 * km + random.nextGaussian()));
        }
        return examples;
    }

    private static Record<byte[], byte[]> record(CredenceConfig config, Observation example, int i) {
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            TrainingRecord entry = TrainingLog.example(example, new Origin("t", 0, 10L * i));
            return new Record<>(new byte[0], serde.serializer().serialize("test-training", entry), 0);
        }
    }
}
