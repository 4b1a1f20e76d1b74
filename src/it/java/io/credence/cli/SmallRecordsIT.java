package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.operate.ModelFile;
import io.credence.stream.operate.OfflineFold;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.serve.StartupException;
import io.credence.stream.state.StateDigest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model far larger than a record may be: state, snapshots and commands in parts. */
class SmallRecordsIT {
    private static final Map<String, String> LIMIT = Map.of("max.message.bytes", "4096");

    @TempDir
    private Path directory;

    @Test
    void shouldLearnRestoreScoreAndImportWhenNoRecordMayExceed4KiB() throws Exception {
        try (ModelFixture world = new ModelFixture(
                directory,
                "small-it",
                "credence.hidden",
                "64,64",
                "producer.max.request.size",
                "4096",
                "topic.max.message.bytes",
                "4096")) {
            world.create(LIMIT);
            LearnerState first;
            try (CredenceService service = new CredenceService(world.config)) {
                service.start();
                world.train(0, 20);
                first = world.published(20);
                assertTrue(world.read(world.config.topics().posteriors(), 1).stream()
                        .allMatch(r -> r.value().length < 4096));
            }
            Path file = directory.resolve("m.model");
            ModelFile.write(file, first);
            try (CredenceService service = new CredenceService(world.config)) {
                service.start();
                world.train(20, 30);
                LearnerState second = world.published(30);
                assertEquals(
                        StateDigest.of(second),
                        StateDigest.of(OfflineFold.run(world.config).models().get(0)),
                        "restored from a changelog of small records");
                world.score("a", 1);
                assertEquals(30L, world.scored(0).get("eventsSeen"));
                String said = world.run(0, "model", "import", file.toString());
                assertTrue(said.contains(StateDigest.of(first)), said);
                assertTrue(world.run(0, "model", "list").matches("(?s).* 20 +[4-9][0-9] .*"), "chunks");
            }
        }
    }

    @Test
    void shouldRefuseToStartWhenATopicTakesSmallerRecordsThanTheProducerSends() throws Exception {
        try (ModelFixture world = new ModelFixture(directory, "limit-it")) {
            world.create(LIMIT);
            try (CredenceService service = new CredenceService(world.config)) {
                StartupException e = assertThrows(StartupException.class, service::start);
                assertTrue(e.getMessage().contains("set producer.max.request.size=4096"), e.getMessage());
            }
        }
    }
}
