package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
final class MetersTest {
    private static final Path PAGE = Path.of("src/site/markdown/http.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(credence_\\w+)` \\|");
    private static final Pattern SERVED = Pattern.compile("(?m)^# TYPE (credence_\\w+) (counter|gauge)$");
    private static final List<String> OF_A_MODEL = List.of(
            "events-trained",
            "steps",
            "rejected-updates",
            "prequential-rmse",
            "prequential-nll",
            "prequential-coverage",
            "prequential-tested",
            "prequential-covered",
            "prequential-accuracy",
            "elbo-fit",
            "elbo-kl",
            "memory",
            "rival-evidence",
            "rival-weight",
            "take-overs");

    private Standing standing = new Standing();

    @AfterEach
    void close() {
        standing.close();
    }

    @Test
    void shouldServeTheMetersOfThePageAndNoOthers() throws IOException {
        OF_A_MODEL.forEach(gauge -> standing.instance.metric(gauge, 7, "model-key", "default"));
        Set<String> documented = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(documented, served(standing.scrape()));
    }

    @Test
    void shouldCountOnWhenATaskGoesAndAnotherComes() {
        standing.instance.metric("events-scored", 5, "processor", "score");
        assertTrue(standing.scrape().contains("credence_events_scored_total 5.0"));
        standing.instance.metric("events-scored", 8, "processor", "score");
        standing.instance.metric("events-scored", 3, "processor", "other");
        assertTrue(standing.scrape().contains("credence_events_scored_total 11.0"));
        standing.instance.metric("events-scored", 2, "processor", "score");
        assertTrue(standing.scrape().contains("credence_events_scored_total 13.0"));
    }

    @Test
    void shouldKeepTheNumberOfSeriesWhenThereAreMoreModels() {
        standing.close();
        standing = new Standing("credence.http.models", "3");
        for (int i = 0; i < 50; i++) {
            standing.instance.metric("memory", i, "model-key", "m" + i);
            standing.instance.metric("events-trained", i, "model-key", "m" + i);
        }
        String text = standing.scrape();

        // The published one has no metrics here: it takes a place all the same. Its name is the first.
        assertEquals(
                2,
                text.lines()
                        .filter(line -> line.startsWith("credence_model_memory_events{"))
                        .count());
        assertTrue(text.contains("credence_model_age_seconds{model=\"default\"}"), text);
        assertTrue(text.contains("credence_models 1.0"), text);
    }

    @Test
    void shouldShowTheSameModelsWhenOthersAreNewer() {
        standing.close();
        standing = new Standing("credence.http.models", "2", "credence.model.key", "colour");
        List<String> first = List.of();
        for (int round = 0; round < 3; round++) {
            for (String model : List.of("c", "b", "d", "a")) {
                standing.instance.publish(model);
            }
            standing.instance.publish("z" + round);
            List<String> shown = standing.scrape()
                    .lines()
                    .filter(line -> line.startsWith("credence_model_age_seconds{"))
                    .map(line -> line.substring(0, line.indexOf('}')))
                    .toList();
            assertEquals(2, shown.size());
            first = first.isEmpty() ? shown : first;
            assertEquals(first, shown);
        }
    }

    @Test
    void shouldLeaveOutWhatIsNoNumberYet() {
        standing.instance.metric("prequential-coverage", Double.NaN, "model-key", "default");

        assertFalse(standing.scrape().contains("credence_model_coverage_ratio{"));
    }

    private static Set<String> served(String text) {
        return SERVED.matcher(text)
                .results()
                .map(family -> family.group(1)
                        + (family.group(2).equals("counter") && !family.group(1).endsWith("_total") ? "_total" : ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
