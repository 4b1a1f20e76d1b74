package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        int lines = (int) text().lines().count();
        assertFalse(text().contains("\u001b"));
        view.show(STATUS, 12.59);
        assertTrue(text().contains("\u001b[" + lines + "A\u001b[J"), text());
    }

    private PrintStream out() {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
