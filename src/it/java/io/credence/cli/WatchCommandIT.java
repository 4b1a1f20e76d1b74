package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.stream.serve.CredenceService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every topic that a running service writes, as a command shows it. */
@Timeout(180)
final class WatchCommandIT {
    @TempDir
    private Path directory;

    @Test
    void shouldShowWhatTheServiceWroteFromItsBeginning() throws Exception {
        try (ModelFixture world = new ModelFixture(directory, "watch-it", "credence.alert.std", "0.000001")) {
            assertTrue(world.run(1, "watch").contains("topic 'watch-it-scored' is not there"));
            try (CredenceService service = new CredenceService(world.config)) {
                service.start();
                world.train(0, 2_000);
                world.published(2_000);
                world.score("first", 1.5);
                world.score("second", 500);
                world.scored(1);

                String table = world.run(0, "watch", "scored", "--from-beginning", "--limit", "2");
                assertTrue(table.startsWith("time (UTC) "), table);
                assertTrue(table.lines().allMatch(line -> line.length() <= 80), table);
                JsonNode second = json(world.run(0, "watch", "--from-beginning", "--limit", "2", "--json"), 1);
                assertEquals("second", second.get("key").asText(), second::toString);
                assertTrue(second.at("/value/prediction/upper").isNumber(), second::toString);

                String alerts = world.run(0, "watch", "alerts", "--from-beginning", "--limit", "1");
                assertTrue(alerts.contains(" why") && alerts.contains("events-0-0"), alerts);
                JsonNode alert = json(world.run(0, "watch", "alerts", "--from-beginning", "--limit", "1", "--json"), 0);
                assertEquals("DEVIATION_ABOVE_LIMIT", alert.at("/value/reason").asText(), alert::toString);

                String metrics = world.run(0, "watch", "metrics", "--from-beginning", "--limit", "1");
                assertTrue(metrics.contains("RMSE") && metrics.contains("default"), metrics);

                world.score("nothing", Double.NaN);
                String letters = world.run(0, "watch", "dead-letters", "--from-beginning", "--limit", "1");
                assertTrue(letters.contains("events-0@2"), letters);
            }
        }
    }

    private static JsonNode json(String lines, int line) throws Exception {
        return new ObjectMapper().readTree(lines.lines().toList().get(line));
    }
}
