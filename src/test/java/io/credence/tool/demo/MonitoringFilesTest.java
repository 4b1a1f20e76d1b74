package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.fixture.MeterQueries;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the rules name meters that there are, and every alert has its entry in the runbook. */
final class MonitoringFilesTest {
    private static final Path RULES = Path.of("docker/prometheus/rules.yml");
    private static final Path PAGES = Path.of("src/site/markdown");

    @Test
    void shouldAskOnlyForMetersThatThePageLists() throws Exception {
        Set<String> documented = Pattern.compile("(?m)^\\| `(credence_\\w+)` \\|")
                .matcher(Files.readString(PAGES.resolve("http.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
        Set<String> asked = MeterQueries.names();

        assertTrue(asked.size() > 15, asked.toString());
        assertEquals(
                Set.of(),
                asked.stream()
                        .filter(name -> name.startsWith("credence_") && !documented.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldHaveARunbookEntryForEveryAlert() throws Exception {
        String runbook = Files.readString(PAGES.resolve("runbook.md"));
        Set<String> alerts = new TreeSet<>();
        for (JsonNode rule : yaml(RULES).at("/groups/0/rules")) {
            String alert = rule.get("alert").textValue();
            alerts.add(alert);
            assertEquals(
                    "runbook.md#" + alert.toLowerCase(Locale.ROOT),
                    rule.at("/annotations/runbook").textValue());
            assertTrue(rule.at("/annotations/summary").isTextual(), alert);
        }
        Set<String> entries = Pattern.compile("(?m)^## (\\w+)$")
                .matcher(runbook)
                .results()
                .map(heading -> heading.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(alerts, entries);
    }

    @Test
    void shouldDrawEveryMeterThatARuleAsksFor() throws Exception {
        Set<String> drawn = MeterQueries.ofTheDashboard();

        assertEquals(
                Set.of(),
                MeterQueries.ofTheRules().stream()
                        .filter(name -> !drawn.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldTestEveryRule() throws Exception {
        JsonNode tests = yaml(RULES.resolveSibling("rules.test.yml"));

        assertEquals(
                new TreeSet<>(yaml(RULES).findValuesAsText("alert")),
                new TreeSet<>(tests.findValuesAsText("alertname")));
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(file)));
    }

    @Test
    void shouldFireAsTheRulesOwnTestsSayWhenThereIsPromtool() throws Exception {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        assumeTrue(there, "no promtool on the PATH: the rules' own tests are not run; apt-get install prometheus");
        for (String[] command : List.of(
                new String[] {"promtool", "check", "rules", "rules.yml"},
                new String[] {"promtool", "test", "rules", "rules.test.yml"})) {
            Process process = new ProcessBuilder(command)
                    .directory(RULES.getParent().toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
        }
    }
}
