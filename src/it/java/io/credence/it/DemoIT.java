package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.fixture.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packaged program as a user starts it. */
final class DemoIT {
    private static final int HOURS = 17_379;

    @Test
    void shouldReportTheWholeStreamWhenRunOnce() throws Exception {
        Path directory = Path.of("target").toAbsolutePath();
        Path out = directory.resolve("demo-once.out");
        Path err = directory.resolve("demo-once.err");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        directory.resolve("credence.jar").toString(),
                        "demo",
                        "--once",
                        "--json")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            Wait.ended("the demo", demo, out.toFile(), err.toFile());
        } finally {
            demo.destroyForcibly();
        }
        assertEquals(0, demo.exitValue(), () -> "see " + err);
        List<String> lines = Files.readAllLines(out);
        JsonNode result = new ObjectMapper().readTree(lines.get(lines.size() - 1));

        double rmse = result.get("rmse").doubleValue();
        double coverage = result.get("coverage95").doubleValue();
        int alerts = result.get("alerts").intValue();
        assertAll(
                result.toString(),
                () -> assertEquals(HOURS, result.get("scored").intValue(), "scored"),
                () -> assertEquals(HOURS, result.get("trained").intValue(), "trained"),
                () -> assertEquals(0, result.get("deadLetters").intValue(), "dead letters"),
                () -> assertTrue(rmse <= 75, "rmse"),
                () -> assertEquals(122, result.get("lastValueRmse").doubleValue(), 2, "last value's rmse"),
                // The served model is behind by what comes between two publications: 1.15 on an idle machine, more on a
                // busy one.
                () -> assertTrue(result.get("servedRmse").doubleValue() <= 1.3 * rmse, "served rmse"),
                () -> assertTrue(coverage >= 0.90 && coverage <= 0.98, "coverage"),
                () -> assertTrue(alerts > 0 && alerts <= HOURS / 50, "alerts"),
                () -> assertTrue(result.get("seconds").doubleValue() > 0, "seconds"));
    }
}
