package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class EvaluateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void shouldReachTheNoiseWhenTheStreamIsLinear() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 2_000, 1);
        List<JsonNode> lines = json(0, "--csv", csv, "--label", "y", "--last", "0.5");
        JsonNode last = lines.get(1);
        assertEquals(2_000, last.get("n").intValue());
        assertEquals(1_000, last.at("/tail/n").intValue());
        // The deviation of y is 3.6: a learner that learns nothing stays far above.
        assertEquals(SyntheticCsv.NOISE, last.at("/tail/rmse").doubleValue(), 0.06);
        assertEquals(0.95, last.at("/tail/coverage95").doubleValue(), 0.03);
        assertTrue(last.get("rmse").doubleValue() > last.at("/tail/rmse").doubleValue());
        assertTrue(last.get("eventsPerSecond").doubleValue() > 0);
    }

    @Test
    void shouldComeCloseToTheBestAccuracyWhenTheLabelIsText() throws IOException {
        Path csv = SyntheticCsv.classes(folder.resolve("classes.csv"), 2_000, 2);
        JsonNode tail =
                json(0, "--csv", csv, "--label", "way", "--last", "0.5").get(1).get("tail");
        assertEquals(SyntheticCsv.bestAccuracy(), tail.get("accuracy").doubleValue(), 0.03);
        assertTrue(tail.get("logLoss").doubleValue() < 0.35, tail.toString());
        assertTrue(tail.get("ece").doubleValue() < 0.06, tail.toString());
        assertFalse(tail.has("rmse"));
    }

    @Test
    void shouldCoverCountsWhenTheTaskIsCount() throws IOException {
        Path csv = SyntheticCsv.countsAndLevels(folder.resolve("counts.csv"), 1_500, 10);
        JsonNode tail = json(0, "--csv", csv, "--label", "count", "--features", "a", "--task", "count", "--last", "0.5")
                .get(1)
                .get("tail");
        // The mean rate exp(1 + 1/8) is the mean Poisson variance.
        assertEquals(Math.sqrt(Math.exp(1.125)), tail.get("rmse").doubleValue(), 0.2);
        assertTrue(tail.get("coverage95").doubleValue() > 0.93, tail.toString());
        assertTrue(tail.get("crps").doubleValue() < tail.get("mae").doubleValue(), tail.toString());
    }

    @Test
    void shouldTellClassesApartWhenThereAreThree() throws IOException {
        Path csv = SyntheticCsv.countsAndLevels(folder.resolve("levels.csv"), 1_500, 11);
        JsonNode tail = json(0, "--csv", csv, "--label", "level", "--features", "a", "--last", "0.5")
                .get(1)
                .get("tail");
        assertTrue(tail.get("accuracy").doubleValue() > 0.9, tail.toString());
        assertTrue(tail.get("brier").doubleValue() < 0.2, tail.toString());
    }

    @Test
    void shouldTestWithWhatWasLearnedWhenRowFilesAreGiven() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 1_500, 3);
        Path train = SyntheticCsv.rows(folder.resolve("train"), 0, 1_200);
        Path test = SyntheticCsv.rows(folder.resolve("test"), 1_200, 1_500);
        Path otherTest = SyntheticCsv.rows(folder.resolve("other"), 1_200, 1_300);
        List<JsonNode> lines = json(
                0,
                "--csv",
                csv,
                "--label",
                "y",
                "--train-rows",
                train,
                "--test-rows",
                test,
                "--train-rows",
                train,
                "--test-rows",
                otherTest);
        assertEquals(300, lines.get(0).get("n").intValue());
        assertEquals(100, lines.get(1).get("n").intValue());
        assertEquals(SyntheticCsv.NOISE, lines.get(0).get("rmse").doubleValue(), 0.06);
        double mean = (lines.get(0).get("rmse").doubleValue()
                        + lines.get(1).get("rmse").doubleValue())
                / 2;
        assertEquals(mean, lines.get(2).get("rmse").doubleValue(), 1e-12);
        assertTrue(lines.get(2).has("rmseSE"));
    }

    @Test
    void shouldLearnTheTrailingPartWhenItFillsNoBatch() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 400, 4);
        Path train = SyntheticCsv.rows(folder.resolve("train"), 0, 300);
        Path test = SyntheticCsv.rows(folder.resolve("test"), 300, 400);
        JsonNode last = json(
                        0,
                        "--csv",
                        csv,
                        "--label",
                        "y",
                        "--train-rows",
                        train,
                        "--test-rows",
                        test,
                        "--set",
                        "credence.batch.size=1000")
                .get(1);
        // Untrained, the mean 10 of the label is missed altogether.
        assertTrue(last.get("rmse").doubleValue() < 9, last.toString());
    }

    @Test
    void shouldMeasureEveryRowOnceWhenTheLastBatchIsNotFull() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 100, 5);
        JsonNode last = json(0, "--csv", csv, "--label", "y", "--set", "credence.batch.size=64")
                .get(1);
        assertEquals(100, last.get("n").intValue());
    }

    @Test
    void shouldPredictWithThePriorWhenAllRowsAreOneBatch() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 100, 5);
        JsonNode last = json(0, "--csv", csv, "--label", "y", "--set", "credence.batch.size=100")
                .get(1);
        // Nothing was learned before the batch, so the mean 10 of the label is missed altogether.
        assertTrue(last.get("rmse").doubleValue() > 9, last.toString());
    }

    @Test
    void shouldGiveTheSameFiguresWhenSplitsRunSideBySide() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 300, 6);
        Path one = SyntheticCsv.rows(folder.resolve("one"), 0, 200);
        Path two = SyntheticCsv.rows(folder.resolve("two"), 200, 300);
        Object[] arguments = {
            "--csv",
            csv,
            "--label",
            "y",
            "--train-rows",
            one,
            "--test-rows",
            two,
            "--train-rows",
            two,
            "--test-rows",
            one,
            "--threads",
            "1"
        };
        List<JsonNode> alone = json(0, arguments);
        arguments[arguments.length - 1] = "2";
        assertEquals(timeless(alone), timeless(json(0, arguments)));
    }

    @Test
    void shouldReportRejectedRowsWhenSomeAreBad() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 200, 7);
        Files.writeString(csv, Files.readString(csv) + "1,oops,3\n1,2\n1,2,\n");
        JsonNode last = json(0, "--csv", csv, "--label", "y").get(1);
        assertEquals(201, last.get("n").intValue());
        assertEquals(2, last.get("rejected").intValue());

        run(0, "--csv", csv, "--label", "y");
        assertTrue(out.toString().contains("rejected rows: 2; the first: file '" + csv + "' row 201 (line 203): "));
    }

    @Test
    void shouldFailWhenAllRowsAreRejected() throws IOException {
        Path csv = Files.writeString(folder.resolve("bad.csv"), "a,y\n1,inf\n2,-inf\n");
        run(1, "--csv", csv, "--label", "y");
        assertTrue(err.toString().contains("all 2 rows are rejected; the first: "), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void shouldTakeLabelAndFeaturesFromTheConfigurationWhenOptionsSayNothing() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 50, 8);
        Path config = Files.writeString(
                folder.resolve("credence.properties"), "credence.label=b\ncredence.features=a\ncredence.hidden=\n");
        run(0, "--csv", csv, "--config", config, "--set", "credence.features=y");
        assertTrue(out.toString().startsWith("regression of 'b', 50 rows, test then train\nfeatures: y:numeric\n"));
    }

    @Test
    void shouldWriteTheRowsBehindTheFiguresWhenPredictionsAreWanted() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 120, 12);
        Files.writeString(csv, Files.readString(csv).replaceFirst("\n", "\n1,2,\n"));
        Path file = folder.resolve("predictions.csv");
        List<JsonNode> lines = json(0, "--csv", csv, "--label", "y", "--predictions", file, "--label-delay", "3");
        List<String> rows = Files.readAllLines(file);
        assertEquals("row,time,label,mean,lower,upper,epistemic,aleatoric,nll", rows.get(0));
        assertEquals(121, rows.size());
        double squares = 0;
        double nll = 0;
        double covered = 0;
        for (int i = 1; i < rows.size(); i++) {
            double[] cells = Stream.of(rows.get(i).split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertEquals(i, cells[0]);
            assertEquals(i, cells[1]);
            double variance = cells[6] + cells[7];
            squares += Math.pow(cells[2] - cells[3], 2);
            nll += 0.5 * (Math.log(2 * Math.PI * variance) + Math.pow(cells[2] - cells[3], 2) / variance);
            covered += cells[2] >= cells[4] && cells[2] <= cells[5] ? 1 : 0;
            assertEquals(
                    0.5 * (Math.log(2 * Math.PI * variance) + Math.pow(cells[2] - cells[3], 2) / variance),
                    cells[8],
                    1e-9 * Math.abs(cells[8]) + 1e-9);
        }
        JsonNode last = lines.get(1);
        assertEquals(Math.sqrt(squares / 120), last.get("rmse").doubleValue(), 1e-9);
        assertEquals(nll / 120, last.get("nll").doubleValue(), 1e-6);
        assertEquals(covered / 120, last.get("coverage95").doubleValue(), 1e-12);
        assertTrue(last.at("/baselines/rls/rmse").isNumber());
        assertTrue(last.get("skill").isNumber());
    }

    @Test
    void shouldWriteTheProbabilitiesWhenPredictionsAreOfClasses() throws IOException {
        Path csv = SyntheticCsv.classes(folder.resolve("classes.csv"), 50, 13);
        Path file = folder.resolve("predictions.csv");
        JsonNode last =
                json(0, "--csv", csv, "--label", "way", "--predictions", file).get(1);
        List<String> rows = Files.readAllLines(file);
        assertEquals("row,time,label,mean,lower,upper,epistemic,aleatoric,nll,p0,p1", rows.get(0));
        double right = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            assertEquals("", cells[4] + cells[5]);
            int label = (int) Double.parseDouble(cells[2]);
            assertEquals(-Math.log(Double.parseDouble(cells[9 + label])), Double.parseDouble(cells[8]), 1e-9);
            right += Double.parseDouble(cells[10]) > Double.parseDouble(cells[9]) == (label == 1) ? 1 : 0;
        }
        assertEquals(right / 50, last.get("accuracy").doubleValue(), 1e-12);
        assertTrue(last.at("/baselines/lastClass/accuracy").isNumber());
    }

    @Test
    void shouldPrintWindowsBeforeTheLastLineWhenTheyAreWanted() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 25, 14);
        List<JsonNode> lines = json(0, "--csv", csv, "--label", "y", "--window", "10");
        assertEquals(5, lines.size());
        double squares = 0;
        for (int w = 0; w < 3; w++) {
            JsonNode window = lines.get(w);
            assertEquals(w, window.get("window").intValue());
            assertEquals(10 * w, window.get("from").intValue());
            assertEquals(Math.min(25, 10 * w + 10), window.get("to").intValue());
            assertTrue(window.at("/baselines/lastValue/rmse").isNumber());
            squares += window.get("n").intValue() * Math.pow(window.get("rmse").doubleValue(), 2);
        }
        assertEquals(Math.sqrt(squares / 25), lines.get(4).get("rmse").doubleValue(), 1e-9);

        run(0, "--csv", csv, "--label", "y", "--window", "10");
        assertTrue(out.toString().contains("\nfrom   n "), out.toString());
        assertTrue(out.toString().contains("baselines: lastValue rmse "), out.toString());
    }

    @Test
    void shouldNameWhatIsWrongWhenAnOptionIs() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 10, 9);
        fails(2, "no label is given", "--csv", csv);
        fails(2, "no column 'z'; its columns are a, b, y", "--csv", csv, "--label", "z");
        fails(2, "did you mean credence.hidden?", "--csv", csv, "--label", "y", "--set", "hidden=3");
        fails(2, "did you mean credence.hidden?", "--csv", csv, "--label", "y", "--set", "credence.hiden=3");
        fails(2, "'guess' is no task", "--csv", csv, "--label", "y", "--task", "guess");
        fails(2, "unknown kind 'wave'", "--csv", csv, "--label", "y", "--features", "a:wave");
        fails(2, "--last takes a fraction", "--csv", csv, "--label", "y", "--last", "2");
        fails(2, "--window and --label-delay take a number", "--csv", csv, "--label", "y", "--window", "-1");
        fails(
                1,
                "cannot be written",
                "--csv",
                csv,
                "--label",
                "y",
                "--predictions",
                folder.resolve("no/such/folder.csv"));
        fails(2, "row files come in pairs", "--csv", csv, "--label", "y", "--train-rows", csv);
        fails(1, "none.csv' does not exist", "--csv", folder.resolve("none.csv"), "--label", "y");
    }

    private void fails(int code, String expected, Object... arguments) {
        run(code, arguments);
        assertTrue(err.toString().contains(expected), err.toString());
    }

    private List<JsonNode> json(int code, Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        run(code, all.toArray());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().strip().split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private void run(int code, Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("evaluate"));
        List.of(arguments).forEach(argument -> line.add(argument.toString()));
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertEquals(code, command.execute(line.toArray(String[]::new)), err::toString);
    }

    private static List<JsonNode> timeless(List<JsonNode> lines) {
        lines.forEach(line -> ((ObjectNode) line).remove(List.of("seconds", "eventsPerSecond", "eventsPerSecondSE")));
        return lines;
    }
}
