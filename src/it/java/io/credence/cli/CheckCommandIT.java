package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.serve.CredenceService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class CheckCommandIT {
    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatAStartWouldFindAndChangeNothing() throws Exception {
        try (ModelFixture world = new ModelFixture(directory, "check-it")) {
            String fresh = world.run(0, "check");
            assertTrue(fresh.contains("OK    the broker answers"), fresh);
            assertTrue(fresh.contains("OK    topic check-it-training would be created, with 1 partition(s)"), fresh);
            assertTrue(fresh.contains("A model has"), fresh);
            assertTrue(world.run(1, "model", "list").contains("is not there"), "nothing was created");
            String left = world.run(1, "check", "--set", "credence.topics.create=false");
            assertTrue(left.contains("FAIL  topic check-it-scored is not there"), left);

            try (CredenceService service = new CredenceService(world.config)) {
                service.start();
                world.train(0, 40);
                world.score("s", 1.5);
                world.published(40);
                world.scored(0);
            }
            String used = world.run(0, "check");
            assertTrue(used.contains("OK    topic labels: of the first 40 record(s) all can be used"), used);
            assertTrue(used.contains("has the configured shape"), used);

            String misspelt = world.run(1, "check", "--set", "credence.label=kWh");
            assertTrue(misspelt.contains("FAIL  topic labels: of the first 40 record(s) 40 would be"), misspelt);
            assertTrue(misspelt.contains("at offset 0 of partition 0: "), misspelt);
            String other = world.run(1, "check", "--set", "credence.hidden=9");
            assertTrue(other.contains("FAIL  application check-it has learned a model of another shape"), other);

            schemas(world);
        }
    }

    /** Alerts and changes are the only topics to which nothing was written. */
    private static void schemas(ModelFixture world) {
        String printed = world.run(0, "schemas");
        for (String topic : new String[] {"training", "posteriors", "metrics", "scored"}) {
            String subject = "check-it-" + topic + "-value";
            assertTrue(printed.contains("subject " + subject + ": registered"), printed);
        }
        for (String topic : new String[] {"alerts", "changes"}) {
            assertTrue(printed.contains("subject check-it-" + topic + "-value: not registered"), printed);
        }
        assertTrue(printed.contains("\"name\" : \"PointScored\""), printed);
        assertFalse(printed.contains("avro.java.string"), "as the world should see them");
        String one = world.run(0, "schemas", "--subject", "check-it-alerts-value");
        assertEquals(1, one.lines().count(), one);
        assertTrue(one.startsWith("{\"type\":\"record\",\"name\":\"Alert\""), one);

        String missing = world.run(1, "check", "--set", "auto.register.schemas=false");
        assertTrue(
                missing.contains("the registry lacks our schema under the subject(s) check-it-changes-value,"
                        + " check-it-alerts-value: "),
                missing);
    }
}
