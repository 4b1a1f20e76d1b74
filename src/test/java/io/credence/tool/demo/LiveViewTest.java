package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveViewTest {
    private static final DemoStatus STATUS = new DemoStatus(
            1200,
            0,
            1100,
            new PublishedMetrics.Sums(1100, 1100, 1100 * 64.0, 1100 * 100.0, 1100 * 144.0, 1045),
            3,
            0,
            List.of(new LabelJoin.Served("2011-02-20T07", 41.4, 10, 77, 39, true)));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void shouldPrintOneLineALookWhenThereIsNoTerminal() {
        LiveView view = new LiveView(out(), false, 17_379);
        view.show(STATUS, 12.34);
        view.show(STATUS, 14.34);
        List<String> lines = text().lines().toList();
        assertEquals(2, lines.size());
        String line = lines.get(0);
        assertTrue(line.contains("scored  1,200") && line.contains("trained  1,100"), line);
        assertTrue(line.contains("prequential RMSE 8.0 (running mean 12.0, last value 10.0)"), line);
        assertTrue(line.contains("covers 95.0 %") && line.contains("alerts 3"), line);
        assertTrue(line.contains("2011-02-20 07:00  41 in [10, 77], was 39  UNCERTAIN"), line);
        assertFalse(line.contains("\u001b"), line);
    }

    @Test
    void shouldDrawOverItselfWhenThereIsATerminal() {
        LiveView view = new LiveView(out(), true, 17_379);
        view.show(STATUS, 12.34);
        int lines = (int) text().lines().count() - 1; // The last line turns wrapping on again.
        assertFalse(text().contains("\u001b[" + lines + "A"));
        view.show(STATUS, 12.59);
        assertTrue(text().contains("\u001b[" + lines + "A\u001b[J"), text());
    }

    @Test
    void shouldFitAnyTerminalWhenAllThatCanBeShownIs() {
        var served = new LabelJoin.Served("2012-12-31T23", -1234.4, -11_210, 10_977, 12_039, true);
        DemoStatus full = new DemoStatus(
                17_379,
                0,
                17_379,
                new PublishedMetrics.Sums(17_379, 17_379, 1e9, 1e10, 1e10, 16_000),
                3456,
                12_345,
                Collections.nCopies(5, served));
        LiveView view = new LiveView(out(), true, 17_379);
        view.show(full, 1234.5);
        List<String> lines =
                text().replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "").lines().toList();
        assertTrue(lines.size() < 24, lines.size() + " lines");
        lines.forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(text().contains("\u001b[?7l") && text().endsWith("\u001b[?7h"), "lines are cut, not wrapped");
    }

    private PrintStream out() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
