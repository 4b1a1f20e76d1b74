package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an evaluation: it holds the run's data, and asks nobody for anything. */
final class EvaluateReportTest {
    private static final Pattern DATA = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");
    private static final Pattern SCRIPT = Pattern.compile("(?s)<(script|style)\\b[^>]*>.*?</\\1>");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)\\b[^>]*>");
    private static final List<String> ALONE = List.of("meta");

    private final EvaluateRun evaluate = new EvaluateRun();

    @TempDir
    Path folder;

    @Test
    void shouldHoldTheFiguresOfTheRunWhenAReportIsWanted() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 620, 3);
        Path page = folder.resolve("report.html");
        List<JsonNode> lines = evaluate.json(0, "--csv", csv, "--label", "y", "--report", page);
        assertEquals(2, lines.size(), "windows are for the page alone");
        JsonNode data = data(page);
        assertEquals(lines.get(0).get("rmse"), data.at("/facts/rmse"));
        assertEquals(
                lines.get(0).at("/baselines/lastValue/rmse"), data.get("facts").get("baselines.lastValue.rmse"));
        assertEquals(48, data.get("windows").size(), "of 13 rows each");
        assertEquals(500, data.get("band").size());
        assertEquals(619, data.at("/band/499/0").intValue());
        assertEquals(12, data.get("worst").size());
        assertTrue(data.at("/worst/0/0").doubleValue() >= data.at("/worst/11/0").doubleValue());
        assertEquals(12, data.get("slowest").size());
        assertEquals(5, data.get("levels").size());
        assertEquals(lines.get(0).get("coverage50"), data.at("/levels/0/1"));
        assertEquals(0.95, data.get("level").doubleValue());
        long ranked = 0;
        for (JsonNode share : data.get("ranks")) {
            ranked += share.longValue();
        }
        assertEquals(620, ranked);
        assertEquals(20, data.get("ranks").size());
        theCurveOfShouldBeLinear(data.get("curves").get(0).get("rows"));
        assertTrue(data.at("/description/0").textValue().startsWith("regression of 'y', 620 rows"));
    }

    /** The label rises with the first column by the same amount everywhere. */
    private static void theCurveOfShouldBeLinear(JsonNode rows) {
        assertEquals(25, rows.size());
        double length = rows.get(24).get(0).doubleValue() - rows.get(0).get(0).doubleValue();
        double rise = rows.get(24).get(1).doubleValue() - rows.get(0).get(1).doubleValue();
        double half = rows.get(12).get(1).doubleValue() - rows.get(0).get(1).doubleValue();
        assertTrue(length > 0 && Math.abs(half / rise - 0.5) < 0.2, rows.toString());
        for (JsonNode row : rows) {
            assertTrue(row.get(2).doubleValue() < row.get(1).doubleValue(), row.toString());
            assertTrue(row.get(3).doubleValue() > row.get(1).doubleValue(), row.toString());
        }
    }

    @Test
    void shouldTakeTheWindowsOfTheOptionWhenItIsGiven() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 100, 3);
        Path page = folder.resolve("report.html");
        List<JsonNode> lines = evaluate.json(0, "--csv", csv, "--label", "y", "--report", page, "--window", "40");
        assertEquals(5, lines.size());
        assertEquals(3, data(page).get("windows").size());
        assertEquals(lines.get(2).get("rmse"), data(page).at("/windows/2/metrics/rmse"));
    }

    @Test
    void shouldTellHowSureAndHowRightItWasWhenTheLabelIsAClass() throws IOException {
        Path csv = SyntheticCsv.classes(folder.resolve("classes.csv"), 300, 2);
        Path page = folder.resolve("report.html");
        evaluate.json(0, "--csv", csv, "--label", "way", "--report", page);
        JsonNode data = data(page);
        assertEquals("[\"down\",\"up\"]", data.get("classes").toString());
        long counted = 0;
        for (JsonNode bin : data.get("bins")) {
            counted += bin.get(2).longValue();
            assertTrue(bin.get(0).doubleValue() >= 0.5 && bin.get(1).doubleValue() <= 1, bin::toString);
        }
        assertEquals(300, counted);
        assertTrue(data.at("/band/0/9").isNumber(), "the probability of the label");
        data.get("ranks").forEach(share -> assertEquals(0, share.intValue(), "a class has no rank"));
    }

    @Test
    void shouldAskNobodyForAnythingAndCloseEveryTag() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("tags.csv"), "a,</script><b>,y\n" + "1,<img src=x>,2\n2,</script>,3\n3,x,4\n");
        Path page = folder.resolve("report.html");
        evaluate.run(0, "--csv", csv, "--label", "y", "--report", page);
        String html = Files.readString(page);
        assertTrue(html.contains("default-src 'none'"), "the browser is told so too");
        String bare = SCRIPT.matcher(html).replaceAll("<$1></$1>");
        for (String asking : List.of("src=", "href=", "url(", "@import", "http:", "https:")) {
            assertFalse(bare.contains(asking), asking);
        }
        assertFalse(html.contains("import uPlot") || html.contains("\nexport "), "no module asks for another");
        List<String> open = new ArrayList<>();
        Matcher tags = TAG.matcher(bare);
        while (tags.find()) {
            if (tags.group(1).isEmpty()) {
                open.add(tags.group(2));
            } else {
                assertEquals(tags.group(2), open.remove(open.size() - 1), bare);
            }
            open.removeAll(ALONE);
        }
        assertEquals(List.of(), open);
        assertFalse(html.contains("{{"), "every place is filled");
        assertTrue(data(page).get("description").toString().contains("</script><b>"), "a column's name, told as text");
    }

    @Test
    void shouldFailBeforeItLearnsWhenThePageCannotBeWritten() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 20, 3);
        evaluate.fails(
                1, "report file '", "--csv", csv, "--label", "y", "--report", folder.resolve("absent/report.html"));
        Path rows = Files.writeString(folder.resolve("rows.txt"), "0 1 2");
        evaluate.fails(
                2,
                "--report take one pair",
                "--csv",
                csv,
                "--label",
                "y",
                "--report",
                folder.resolve("r.html"),
                "--train-rows",
                rows,
                "--test-rows",
                rows,
                "--train-rows",
                rows,
                "--test-rows",
                rows);
    }

    private static JsonNode data(Path page) throws IOException {
        Matcher data = DATA.matcher(Files.readString(page));
        assertTrue(data.find(), "the data");
        return new ObjectMapper().readTree(data.group(1));
    }
}
