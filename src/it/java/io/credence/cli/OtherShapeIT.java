package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.serve.StartupException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that has learned, and is started again under another configuration of what its model is. */
@Timeout(180)
final class OtherShapeIT {
    /** Few enough that no checkpoint is written before: the redo log alone tells the shape then. */
    private static final int FEW = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseBeforeItIsReadyWhenTheStateHasAnotherShape() throws Exception {
        try (ModelFixture world = new ModelFixture(
                directory,
                "shape-it",
                "credence.drift",
                "true",
                "credence.update.rule",
                "adam",
                "credence.activation",
                "tanh")) {
            learn(world, 40);

            for (CredenceConfig other : List.of(
                    world.changed("credence.hidden", "7"),
                    world.changed("credence.features", "x,x2?"),
                    world.changed("credence.features", "x:hash(8)"),
                    world.changed("credence.likelihood", "heteroscedastic"),
                    world.changed("credence.drift", "false"),
                    world.changed("credence.update.rule", "von"),
                    world.changed("credence.activation", "relu"))) {
                String said = refused(other);
                assertTrue(said.startsWith("application shape-it has learned a model of another shape"), said);
                assertTrue(said.contains("restore that of features, label, hidden layers"), said);
                assertTrue(said.contains("learn anew under another application.id"), said);
                assertTrue(said.contains("or reset this one, which deletes the model"), said);
                assertTrue(said.contains("shape-it-learner-state-changelog"), said);
            }
            String scoring = refused(world.changed("credence.hidden", "7", "credence.topic.labelled", null));
            assertTrue(scoring.startsWith("the models on topic shape-it-posteriors have another shape"), scoring);

            String said = world.run(1, "run", "--set", "credence.hidden=7");
            assertTrue(said.contains("has learned a model of another shape"), said);

            try (CredenceService same = new CredenceService(world.changed("credence.samples", "9"))) {
                same.start();
                world.train(40, 50);
                assertEquals(50, world.published(50).events(), "what is no part of the shape may change");
            }
        }
    }

    @Test
    void shouldRefuseWhenOnlyTheRedoLogHasAnotherShape() throws Exception {
        try (ModelFixture world = new ModelFixture(
                directory, "redo-it", "credence.checkpoint.events", "64", "credence.publish.interval.ms", "600000")) {
            try (CredenceService service = new CredenceService(world.config)) {
                service.start();
                world.train(0, FEW);
                world.read(world.config.topics().training(), FEW);
                world.read("redo-it-learner-ring-changelog", 1);
            }
            String said = refused(world.changed("credence.hidden", "7"));
            assertTrue(said.contains("says topic redo-it-learner-ring-changelog"), said);
        }
    }

    private static void learn(ModelFixture world, int events) throws Exception {
        try (CredenceService service = new CredenceService(world.config)) {
            service.start();
            world.train(0, events);
            world.published(events);
        }
    }

    private static String refused(CredenceConfig config) {
        try (CredenceService service = new CredenceService(config)) {
            String said = assertThrows(StartupException.class, service::start).getMessage();
            assertFalse(service.ready());
            return said;
        }
    }
}
