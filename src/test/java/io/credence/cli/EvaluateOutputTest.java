package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evaluate} writes beside its scores: windows, predictions, rejected rows, and what is wrong. */
final class EvaluateOutputTest {
    private final EvaluateRun evaluate = new EvaluateRun();

    @TempDir
    Path folder;

    @Test
    void shouldReportRejectedRowsWhenSomeAreBad() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 200, 7);
        Files.writeString(csv, Files.readString(csv) + "1,oops,3\n1,2\n1,2,\n");
        JsonNode last = evaluate.json(0, "--csv", csv, "--label", "y").get(1);
        assertEquals(201, last.get("n").intValue());
        assertEquals(2, last.get("rejected").intValue());

        evaluate.run(0, "--csv", csv, "--label", "y");
        assertTrue(evaluate.out
                .toString()
                .contains("rejected rows: 2; the first: file '" + csv + "' row 201 (line 203): "));
    }

    @Test
    void shouldFailWhenAllRowsAreRejected() throws IOException {
        Path csv = Files.writeString(folder.resolve("bad.csv"), "a,y\n1,inf\n2,-inf\n");
        evaluate.run(1, "--csv", csv, "--label", "y");
        assertTrue(evaluate.err.toString().contains("all 2 rows are rejected; the first: "), evaluate.err.toString());
        assertEquals("", evaluate.out.toString());
    }

    @Test
    void shouldTakeLabelAndFeaturesFromTheConfigurationWhenOptionsSayNothing() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 50, 8);
        Path config = Files.writeString(
                folder.resolve("credence.properties"), "credence.label=b\ncredence.features=a\ncredence.hidden=\n");
        evaluate.run(0, "--csv", csv, "--config", config, "--set", "credence.features=y");
        assertTrue(evaluate.out
                .toString()
                .startsWith("regression of 'b', 50 rows, test then train\nfeatures: y:numeric\n"));
    }

    @Test
    void shouldPredictABareSeriesAheadWhenAHorizonIsGiven() throws IOException {
        Path csv = folder.resolve("series.csv");
        StringBuilder rows = new StringBuilder("at,value\n");
        for (int i = 0; i < 200; i++) {
            rows.append(Instant.ofEpochSecond(3600L * i))
                    .append(',')
                    .append(i % 5)
                    .append(".5\n");
        }
        Files.writeString(csv, rows);

        JsonNode ahead = evaluate.json(0, "--csv", csv, "--label", "value", "--horizon", "4")
                .get(0);
        JsonNode late = evaluate.json(0, "--csv", csv, "--label", "value", "--label-delay", "3")
                .get(0);
        assertEquals(late.get("all"), ahead.get("all"));
        assertEquals(late.get("rmse"), ahead.get("rmse"));
    }

    @Test
    void shouldWriteTheRowsBehindTheFiguresWhenPredictionsAreWanted() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 120, 12);
        Files.writeString(csv, Files.readString(csv).replaceFirst("\n", "\n1,2,\n"));
        Path file = folder.resolve("predictions.csv");
        List<JsonNode> lines =
                evaluate.json(0, "--csv", csv, "--label", "y", "--predictions", file, "--label-delay", "3");
        List<String> rows = Files.readAllLines(file);
        assertEquals(
                "row,time,label,mean,lower,upper,epistemic,aleatoric,nll,outOfRange,outOfRangeScore,uncertain,"
                        + "surprise,surprising,episode",
                rows.get(0));
        assertEquals(121, rows.size());
        double squares = 0;
        double nll = 0;
        double covered = 0;
        double out = 0;
        for (int i = 1; i < rows.size(); i++) {
            double[] cells = Stream.of(rows.get(i).split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertEquals(i, cells[0]);
            assertEquals(i, cells[1]);
            squares += Math.pow(cells[2] - cells[3], 2);
            nll += cells[8];
            covered += cells[2] >= cells[4] && cells[2] <= cells[5] ? 1 : 0;
            assertTrue(cells[6] > 0 && cells[7] > 0, rows.get(i));
            out += cells[9];
            assertTrue(cells[10] >= cells[9], rows.get(i));
        }
        JsonNode last = lines.get(1);
        assertEquals(Math.sqrt(squares / 120), last.get("rmse").doubleValue(), 1e-9);
        assertEquals(nll / 120, last.get("nll").doubleValue(), 1e-6);
        assertEquals(covered / 120, last.get("coverage95").doubleValue(), 1e-12);
        assertEquals(out / 120, last.get("outOfRangeShare").doubleValue(), 1e-12);
        assertTrue(last.at("/baselines/rls/rmse").isNumber());
        assertTrue(last.get("skill").isNumber());
    }

    @Test
    void shouldWriteTheProbabilitiesWhenPredictionsAreOfClasses() throws IOException {
        Path csv = SyntheticCsv.classes(folder.resolve("classes.csv"), 50, 13);
        Path file = folder.resolve("predictions.csv");
        JsonNode last = evaluate.json(0, "--csv", csv, "--label", "way", "--predictions", file)
                .get(1);
        List<String> rows = Files.readAllLines(file);
        assertEquals(
                "row,time,label,mean,lower,upper,epistemic,aleatoric,nll,p0,p1,outOfRange,outOfRangeScore,uncertain,"
                        + "surprise,surprising,episode",
                rows.get(0));
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
        List<JsonNode> lines = evaluate.json(0, "--csv", csv, "--label", "y", "--window", "10");
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

        evaluate.run(0, "--csv", csv, "--label", "y", "--window", "10");
        assertTrue(evaluate.out.toString().contains("\nfrom   n "), evaluate.out.toString());
        assertTrue(evaluate.out.toString().contains("baselines: lastValue rmse "), evaluate.out.toString());
    }

    @Test
    void shouldNameWhatIsWrongWhenAnOptionIs() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 10, 9);
        evaluate.fails(2, "no label is given", "--csv", csv);
        evaluate.fails(2, "no column 'z'; its columns are a, b, y", "--csv", csv, "--label", "z");
        evaluate.fails(2, "did you mean credence.hidden?", "--csv", csv, "--label", "y", "--set", "hidden=3");
        evaluate.fails(2, "did you mean credence.hidden?", "--csv", csv, "--label", "y", "--set", "credence.hiden=3");
        evaluate.fails(2, "'guess' is no task", "--csv", csv, "--label", "y", "--task", "guess");
        evaluate.fails(2, "unknown kind 'wave'", "--csv", csv, "--label", "y", "--features", "a:wave");
        evaluate.fails(2, "--last takes a fraction", "--csv", csv, "--label", "y", "--last", "2");
        evaluate.fails(2, "--window and --label-delay take a number", "--csv", csv, "--label", "y", "--window", "-1");
        evaluate.fails(2, "--horizon takes a number from 1", "--csv", csv, "--label", "y", "--horizon", "0");
        evaluate.fails(2, "--horizon takes", "--csv", csv, "--label", "y", "--horizon", "3", "--label-delay", "2");
        evaluate.fails(
                1,
                "cannot be written",
                "--csv",
                csv,
                "--label",
                "y",
                "--predictions",
                folder.resolve("no/such/folder.csv"));
        evaluate.fails(2, "row files come in pairs", "--csv", csv, "--label", "y", "--train-rows", csv);
        evaluate.fails(1, "none.csv' does not exist", "--csv", folder.resolve("none.csv"), "--label", "y");
    }
}
