package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.prediction;
import static io.credence.stream.topology.Bench.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.Commands;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.StateDigest;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Commands in the training log, through the whole graph. */
class CommandsTest {
    private final List<ModelVersion> versions = new ArrayList<>();

    @Test
    void shouldStartAgainFromThePriorWhenReset() {
        try (Bench bench = new Bench()) {
            bench.train(30);
            bench.pass(1_000);
            assertEquals(30, published(bench).events());
            send(bench, Commands.reset("", "r", Instant.EPOCH));
            LearnerState state = published(bench);
            OnlineLearner prior = OnlineLearner.create(bench.rides.config().model(), "");
            assertEquals(1, state.version().epoch());
            assertEquals(StateDigest.of(prior.state()), StateDigest.of(state));

            bench.train(3);
            bench.pass(1_000);
            assertEquals(3, published(bench).events());
            increasing();
        }
    }

    @Test
    void shouldGoOnFromItsRecentEventsWhenItForgets() {
        try (Bench bench = new Bench("credence.rival.events", "20")) {
            bench.train(30);
            bench.pass(1_000);
            LearnerState before = published(bench);
            send(bench, Commands.forget("", "f", Instant.EPOCH));
            LearnerState after = published(bench);
            assertEquals(new ModelVersion(1, before.version().step()), after.version());
            assertEquals(30, after.events());
            assertEquals(20, after.memory()[8], "N is what the rival knows");
            increasing();
        }
    }

    @Test
    void shouldBeTheImportedModelBitByBitWhenImportedInParts() {
        LearnerState other = learned("", 40);
        try (Bench bench = new Bench()) {
            bench.train(30);
            bench.pass(1_000);
            published(bench);
            List<Command> parts = Commands.importing("", other, "i", Instant.EPOCH, 100);
            assertTrue(parts.size() > 3);
            for (Command part : parts.subList(0, parts.size() - 1)) {
                send(bench, part);
            }
            assertEquals(0, bench.read(bench.topics.posteriors()).size(), "not before the last part");
            send(bench, parts.get(parts.size() - 1));
            LearnerState state = published(bench);
            assertEquals(1, state.version().epoch());
            assertEquals(other.version().step(), state.version().step());
            assertTakenOver(other, state);

            bench.train(1);
            bench.pass(1_000);
            assertEquals(other.events() + 1, published(bench).events());
            increasing();
            assertEquals(List.of(), IntakeProcessorTest.reasons(bench));
        }
    }

    @Test
    void shouldPredictAsBeforeWhenAnExportIsImported() {
        try (Bench bench = new Bench("credence.score.linger.ms", "0")) {
            bench.train(60);
            bench.pass(1_000);
            LearnerState exported = published(bench);
            bench.score("before", 3);
            GenericRecord before = prediction(bench.scored().get(0));
            bench.train(25);
            bench.pass(1_000);
            bench.score("between", 3);
            assertNotEquals(
                    before.get("mean"), prediction(bench.scored().get(0)).get("mean"));

            Commands.importing("", exported, "i", Instant.EPOCH, 1 << 20).forEach(part -> send(bench, part));
            bench.score("after", 3);
            GenericRecord after = prediction(bench.scored().get(0));
            for (String field : List.of("mean", "variance", "epistemicVariance", "lower", "upper", "eventsSeen")) {
                assertEquals(before.get(field), after.get(field), field);
            }
            assertEquals(1L, after.get("modelEpoch"));
        }
    }

    @Test
    void shouldReturnToAnEarlierVersionWhenRolledBack() {
        try (Bench bench = new Bench()) {
            bench.train(20);
            bench.pass(1_000);
            LearnerState early = published(bench);
            bench.train(20);
            bench.pass(1_000);
            published(bench);
            Commands.rollback(early, "b", Instant.EPOCH, 1 << 20).forEach(part -> send(bench, part));
            assertTakenOver(early, published(bench));
            increasing();
        }
    }

    /** The same model bit by bit, whose posterior is the prior of what comes and which has nothing to replay. */
    private static void assertTakenOver(LearnerState other, LearnerState state) {
        assertArrayEquals(
                other.weights().subList(0, 5).toArray(),
                state.weights().subList(0, 5).toArray());
        assertArrayEquals(other.mu(), state.anchorMu());
        assertArrayEquals(other.rho(), state.anchorRho());
        assertArrayEquals(
                other.statistics().subList(0, 4).toArray(),
                state.statistics().subList(0, 4).toArray());
        assertEquals(StateDigest.of(other), StateDigest.of(state));
        assertEquals(0, state.memory()[8], "N counts from here");
    }

    @Test
    void shouldSendEveryPartToTheDeadLettersWhenTheirWholeNeverComes() {
        try (Bench bench = new Bench()) {
            List<Command> torn = Commands.importing("", learned("", 9), "torn", Instant.EPOCH, 100);
            List<Command> whole = Commands.importing("", learned("", 7), "whole", Instant.EPOCH, 100);
            send(bench, torn.get(0));
            send(bench, torn.get(1));
            send(bench, torn.get(3));
            assertEquals(List.of("BAD_COMMAND", "BAD_COMMAND", "BAD_COMMAND"), IntakeProcessorTest.reasons(bench));
            send(bench, torn.get(4));
            assertEquals(List.of("BAD_COMMAND"), IntakeProcessorTest.reasons(bench), "nothing before it");

            send(bench, torn.get(0));
            send(bench, torn.get(1));
            whole.forEach(part -> send(bench, part));
            List<TestRecord<byte[], byte[]>> letters = bench.read(bench.topics.deadLetters());
            assertEquals(2, letters.size());
            assertArrayEquals(bytes(bench, torn.get(1)), letters.get(1).value(), "its own bytes");
            assertEquals("5", Bench.header(letters.get(1), DeadLetter.OFFSET), "its own offset");
            assertEquals(7, published(bench).events());
        }
    }

    @Test
    void shouldRefuseWhatCannotBeCarriedOut() {
        OnlineLearner shape =
                OnlineLearner.create(new Rides("credence.hidden", "5").config().model(), "");
        LearnerState good = learned("", 5);
        float[] mu = good.mu().clone();
        mu[3] = Float.NaN;
        List<float[]> weights = new ArrayList<>(good.weights());
        weights.set(2, mu);
        LearnerState sick =
                LearnerState.of("", good.fingerprint(), good.version(), good.events(), 0, weights, good.statistics());
        try (Bench bench = new Bench()) {
            refused(bench, "SHAPE_MISMATCH", one(shape.state()));
            refused(bench, "SHAPE_MISMATCH", one(sick));
            refused(bench, "BAD_COMMAND", but(one(good)).setChecksum(1L).build());
            refused(bench, "BAD_COMMAND", but(one(good)).setFormat(99).build());
            refused(bench, "BAD_COMMAND", but(one(good)).setPayload(null).build());
            refused(bench, "BAD_COMMAND", but(one(good)).setCount(0).build());
            Command back = Commands.rollback(good, "b", Instant.EPOCH, 1 << 20).get(0);
            refused(bench, "BAD_COMMAND", but(back).setTargetStep(4L).build());
            assertEquals(0, bench.read(bench.topics.posteriors()).size());
        }
    }

    @Test
    void shouldChangeOneModelOnlyWhenModelsAreKeyed() {
        try (Bench bench = new Bench("credence.model.key", "city")) {
            for (String city : List.of("A", "B")) {
                bench.send(Rides.LABELLED, Rides.ride(city, city, 1, 2.0));
            }
            bench.pass(1_000);
            assertEquals(2, bench.read(bench.topics.posteriors()).size());
            send(bench, Commands.reset("B", "r", Instant.EPOCH));
            bench.pass(1_000);
            LearnerState state = published(bench);
            assertEquals("B", state.modelKey());
            assertEquals(1, state.version().epoch());
        }
    }

    @Test
    void shouldRefuseFeedbackWhenItsModelIsNotThereInTheServiceAndInTheFold() {
        Set<Question> kinds = Set.of(Question.SURPRISING);
        Command stranger = Commands.feedback("Z", kinds, true, "e", null, "f", Instant.EPOCH);
        try (Bench bench = new Bench("credence.model.key", "city");
                LogFold fold = new LogFold(bench.rides.config())) {
            bench.send(Rides.LABELLED, Rides.ride("A", "A", 1, 2.0));
            bench.pass(1_000);
            published(bench);
            refused(bench, "BAD_COMMAND", stranger);
            send(bench, Commands.feedback("A", kinds, true, "e", null, "g", Instant.EPOCH));
            assertEquals(1, published(bench).version().epoch());

            assertNull(fold.fold(new Record<>(utf8("Z"), bytes(bench, stranger), 0), new Origin("t", 0, 0)));
            assertEquals(1, fold.refused());
            assertEquals(Set.of(), fold.models().keySet());
        }
    }

    private static void refused(Bench bench, String reason, Command command) {
        send(bench, command);
        assertEquals(List.of(reason), IntakeProcessorTest.reasons(bench));
    }

    private static Command.Builder but(Command command) {
        return Command.newBuilder(command);
    }

    private static Command one(LearnerState state) {
        return Commands.importing("", state, "i", Instant.EPOCH, 1 << 20).get(0);
    }

    private static LearnerState learned(String modelKey, int events) {
        OnlineLearner learner = OnlineLearner.create(new Rides().config().model(), modelKey);
        for (int i = 0; i < events; i++) {
            learner.fold(new Observation(modelKey, "o" + i, i, new FeatureVector(new float[] {i % 5}), i % 5 - 2));
        }
        return learner.state();
    }

    /** The one model that has been published since the last look. */
    private LearnerState published(Bench bench) {
        var chunks = bench.read(bench.topics.posteriors());
        assertEquals(1, chunks.size());
        try (var serde =
                CredenceSerde.of(PosteriorChunk.class, bench.rides.config().serde())) {
            PosteriorChunk chunk =
                    serde.deserializer().deserialize("p", chunks.get(0).value());
            assertTrue(chunk.getPublishedAt().isAfter(Instant.EPOCH));
            LearnerState state = PosteriorChunks.assemble(i -> chunk);
            assertNotNull(state);
            versions.add(state.version());
            return state;
        }
    }

    private void increasing() {
        for (int i = 1; i < versions.size(); i++) {
            assertTrue(versions.get(i).isAfter(versions.get(i - 1)), versions.toString());
        }
    }

    private static void send(Bench bench, Command command) {
        bench.send(bench.topics.training(), utf8(command.getModelKey()), bytes(bench, command));
    }

    private static byte[] bytes(Bench bench, Command command) {
        try (var serde =
                CredenceSerde.of(TrainingRecord.class, bench.rides.config().serde())) {
            return serde.serializer().serialize(bench.topics.training(), new TrainingRecord(command));
        }
    }
}
