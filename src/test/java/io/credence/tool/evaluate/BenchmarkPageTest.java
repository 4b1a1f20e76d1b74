package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchmarkPageTest {
    @TempDir
    Path folder;

    @Test
    void shouldShowMeansWithErrorsWhenResultsAreThere() throws IOException {
        Files.writeString(folder.resolve("uci.concrete.with.jsonl"), """
                {"split":0,"rmse":9}
                {"splits":20,"n":103,"rmse":5.2548,"nll":3.0823,"rmseSE":0.2189,"nllSE":0.0395,"seconds":12345.6}
                """);
        List<String> lines = BenchmarkPage.lines(new BenchmarkResults(folder));
        assertTrue(lines.contains("| Credence, with replay | 5.255 ± 0.2189 | – | – | – |"), lines::toString);
        assertTrue(lines.contains("| Credence, with replay | −3.082 ± 0.0395 | – | – | – |"), lines::toString);
        assertTrue(lines.contains("| wall time of all splits, s, with | 12,346 | – | – | – |"), lines::toString);
    }

    @Test
    void shouldShowTheLastHalfWhenAStreamHasATail() throws IOException {
        Files.writeString(folder.resolve("stream.elec2.without.jsonl"), """
                {"splits":1,"n":45312,"accuracy":0.91,"logLoss":0.28,"eventsPerSecond":2000,"tail":{"n":22656,"accuracy":0.92}}
                """);
        List<String> lines = BenchmarkPage.lines(new BenchmarkResults(folder));
        assertTrue(
                lines.contains("| without replay | 45,312 | 0.9100 | 0.2800 | – | – | 2,000 | – |"), lines::toString);
        assertTrue(lines.contains("| without replay, last half | 22,656 | 0.9200 | – | – | – | | |"), lines::toString);
    }

    @Test
    void shouldHaveAsManyCellsAsColumnsWhenTablesAreWritten() {
        String columns = "";
        for (String line : BenchmarkPage.lines(new BenchmarkResults(folder))) {
            if (line.startsWith("|---")) {
                columns = line.replaceAll("[^|]", "");
            } else if (line.startsWith("|") && !columns.isEmpty()) {
                assertEquals(columns, line.replaceAll("[^|]", ""), line);
            } else {
                columns = "";
            }
        }
    }
}
