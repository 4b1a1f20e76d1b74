package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.it.Browser;
import io.credence.tool.demo.BikeHours;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an evaluation in a real browser, opened from the disk. */
final class ReportPageIT {
    @TempDir
    private static Path directory;

    @BeforeAll
    static void thereMustBeABrowser() {
        Browser.assumeThereIsOne();
    }

    @Test
    void shouldDrawEveryPanelAndAskNobodyWhenOpenedFromTheDisk() throws Exception {
        Path csv = directory.resolve("hours.csv");
        try (InputStream in =
                Objects.requireNonNull(BikeHours.class.getResourceAsStream("/demo/bike_sharing_hour.csv"))) {
            Files.writeString(
                    csv,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .limit(800)
                            .collect(Collectors.joining("\n")));
        }
        Path numbers = report(csv, "cnt", "numbers.html");
        Path classes = report(csv, "weathersit", "classes.html", "--task", "multiclass");
        try (Browser browser = new Browser()) {
            for (Path page : List.of(numbers, classes)) {
                browser.look(1200, 900, false);
                browser.open(page.toUri().toString());
                browser.await("document.documentElement.dataset.ready === 'true'");
                assertEquals(
                        page.equals(numbers) ? 6 : 5,
                        browser.value("document.querySelectorAll('.chart canvas').length")
                                .intValue(),
                        "a chart in every panel");
                assertEquals(
                        500,
                        browser.value("Number(document.getElementById('band').dataset.points)")
                                .intValue());
                assertEquals(
                        13,
                        browser.value("document.querySelectorAll('#worst tr').length")
                                .intValue());
                assertTrue(
                        browser.value("document.documentElement.scrollWidth <= 1200")
                                .booleanValue(),
                        "no wider than the window");
                assertTrue(
                        browser.value("document.querySelectorAll('#curves canvas').length")
                                        .intValue()
                                > 5,
                        "a curve of each feature");
                browser.picture(Path.of("target", page.getFileName() + ".png"));
                browser.look(390, 844, true);
                assertTrue(
                        browser.value("document.documentElement.scrollWidth <= 390")
                                .booleanValue(),
                        "no wider than a phone");
            }
            assertEquals(List.of(), browser.errors());
            assertTrue(
                    browser.requests().stream().allMatch(address -> address.startsWith("file:")),
                    () -> browser.requests().toString());
        }
    }

    private static Path report(Path csv, String label, String name, String... more) {
        Path page = directory.resolve(name);
        StringWriter err = new StringWriter();
        List<String> line = new java.util.ArrayList<>(
                List.of("evaluate", "--csv", csv.toString(), "--label", label, "--report", page.toString()));
        line.addAll(List.of(more));
        int exit = Main.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        assertEquals(0, exit, err::toString);
        return page;
    }
}
