package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.operate.ModelFile;
import io.credence.stream.operate.OfflineFold;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.state.StateDigest;
import io.credence.stream.wire.CredenceSerde;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's day with a running service and a real broker. */
class ModelCommandIT {
    private static final Pattern DIGEST = Pattern.compile("digest[ =]+([0-9a-f]{64})");

    @TempDir
    private Path directory;

    @Test
    void shouldExportImportRollBackAndResetWhileTheServiceRuns() throws Exception {
        try (ModelFixture world = new ModelFixture(directory, "model-it");
                CredenceService service = new CredenceService(world.config)) {
            service.start();
            world.train(0, 40);
            LearnerState early = world.published(40);
            world.train(40, 60);
            LearnerState exported = world.published(60);
            world.score("before", 1.5);
            GenericRecord before = world.scored(0);
            assertEquals(60L, before.get("eventsSeen"));

            Path file = directory.resolve("m.model");
            String shown = digest(world.run(0, "model", "export", file.toString()));
            assertEquals(StateDigest.of(exported), shown);
            assertEquals(shown, digest(world.run(0, "model", "show")));
            assertEquals(shown, digest(world.run(0, "fold")), "the offline fold");
            assertEquals(
                    shown,
                    StateDigest.of(ModelFile.read(file, world.config.model().shape())));
            assertTrue(world.run(0, "model", "list").contains("(single)"));

            world.train(60, 80);
            world.published(80);
            assertEquals(shown, digest(world.run(0, "model", "import", file.toString())), "bit by bit");
            world.score("after", 1.5);
            GenericRecord after = world.scored(1);
            for (String field : List.of("mean", "variance", "epistemicVariance", "lower", "upper", "eventsSeen")) {
                assertEquals(before.get(field), after.get(field), field);
            }
            assertEquals(1L, after.get("modelEpoch"));

            String version = early.version().toString();
            assertEquals(
                    StateDigest.of(early), digest(world.run(0, "model", "rollback", "--to", version)), "rolled back");
            assertEquals(StateDigest.of(early), digest(world.run(0, "fold", "--at", version)));
            world.train(80, 90);
            world.published(50);
            world.run(0, "model", "reset");
            world.train(90, 97);
            LearnerState last = world.published(7);
            assertEquals(3, last.version().epoch());
            assertEquals(StateDigest.of(last), digest(world.run(0, "fold")), "commands are part of the fold");
            world.run(0, "model", "forget");
            world.train(97, 100);
            LearnerState forgetful = world.published(3);
            assertEquals(4, forgetful.version().epoch());
            assertEquals(StateDigest.of(forgetful), digest(world.run(0, "fold")), "so is a forget");
            increasing(world);
        }
    }

    @Test
    void shouldHeedFeedbackOnAnAlertAndRefuseWhatNoAlertHas() throws Exception {
        try (ModelFixture world = new ModelFixture(directory, "feedback-it");
                CredenceService service = new CredenceService(world.config)) {
            service.start();
            world.train(0, 1500);
            LearnerState before = world.published(1500);
            world.score("odd", 50);
            Alert alert = alert(world);

            world.run(0, "model", "feedback", "--false-alarm", alert.getEventId(), "--note", "a test drive");
            assertTrue(world.run(1, "model", "feedback", "--false-alarm", alert.getEpisodeId())
                    .contains("each time counts; say --again"));
            world.run(0, "model", "feedback", "--false-alarm", alert.getEpisodeId(), "--again");
            LearnerState heedful = world.published(1500);
            assertEquals(2, heedful.version().epoch());
            assertFalse(Arrays.equals(before.flags(), heedful.flags()));
            assertArrayEquals(
                    heedful.flags(),
                    OfflineFold.at(world.config, "", heedful.version()).flags(),
                    "feedback is part of the fold");
            String missed = world.run(0, "model", "feedback", "--missed", "odd", "--kind", "shifted,Surprising");
            assertTrue(missed.contains("version      3/"), missed);

            assertTrue(world.run(1, "model", "feedback", "--false-alarm", "nobody")
                    .contains("no alert of an episode or event 'nobody' is on topic feedback-it-alerts"));
            assertTrue(world.run(1, "model", "feedback", "--missed", "odd").contains("name it, one of surprising"));
            assertTrue(world.run(1, "model", "feedback", "--missed", "odd", "--kind", "silence")
                    .contains("'silence' is no kind of alarm"));
            String stranger =
                    world.run(1, "model", "feedback", "--missed", "odd", "--kind", "stuck", "--model", "nobody");
            assertTrue(stranger.contains("model 'nobody' is not on topic feedback-it-posteriors"), stranger);
            assertTrue(world.run(1, "model", "feedback", "--false-alarm", alert.getEpisodeId(), "--kind", "stuck")
                    .contains("'stuck' is not among them"));
            world.run(2, "model", "feedback");
        }
    }

    private static Alert alert(ModelFixture world) {
        String topic = world.config.topics().alerts();
        try (CredenceSerde<Alert> serde = CredenceSerde.of(Alert.class, world.config.serde())) {
            return serde.deserializer()
                    .deserialize(topic, world.read(topic, 1).get(0).value());
        }
    }

    @Test
    void shouldSayWhyWhenAModelDoesNotFitOrIsNotThere() throws Exception {
        try (ModelFixture world = new ModelFixture(directory, "unfit-it")) {
            assertTrue(world.run(1, "model", "list").contains("topic unfit-it-posteriors is not there"));
            world.create(java.util.Map.of());
            assertTrue(world.run(1, "model", "show").contains("is not on topic unfit-it-posteriors"));
            Path file = directory.resolve("other.model");
            LearnerState other = new LearnerState(
                    "",
                    7,
                    new ModelVersion(0, 1),
                    1,
                    0,
                    new float[3],
                    new float[3],
                    new float[3],
                    new float[3],
                    new float[6],
                    new float[0],
                    new float[0],
                    new float[0],
                    new float[0],
                    new double[2],
                    new double[1],
                    new double[3],
                    new double[10],
                    new double[10],
                    new double[29],
                    new double[2],
                    new double[2],
                    new double[2]);
            ModelFile.write(file, other);
            String said = world.run(1, "model", "import", file.toString());
            assertTrue(said.contains("does not fit the configuration"), said);
            assertTrue(world.run(2, "model", "rollback").contains("--to or --file is needed"));
            assertTrue(world.run(2, "fold", "--at", "7").contains("a version is EPOCH/STEP"));
            assertTrue(world.run(1, "fold", "--at", "0/7").contains("was never at version 0/7"));
            assertEquals(0, world.read(world.config.topics().training(), 0).size());
        }
    }

    private static void increasing(ModelFixture world) {
        try (var serde = CredenceSerde.of(PosteriorChunk.class, world.config.serde())) {
            long epoch = -1;
            long step = -1;
            for (ConsumerRecord<byte[], byte[]> record :
                    world.read(world.config.topics().posteriors(), 6)) {
                PosteriorChunk chunk = serde.deserializer().deserialize("p", record.value());
                assertTrue(
                        chunk.getEpoch() > epoch || (chunk.getEpoch() == epoch && chunk.getStep() > step),
                        "(" + chunk.getEpoch() + ", " + chunk.getStep() + ") after (" + epoch + ", " + step + ")");
                epoch = chunk.getEpoch();
                step = chunk.getStep();
            }
        }
    }

    private static String digest(String text) {
        Matcher matcher = DIGEST.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }
}
