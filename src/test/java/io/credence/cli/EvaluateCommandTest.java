package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.fixture.SyntheticStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scores of {@code evaluate}, on tables whose best possible score is known. */
final class EvaluateCommandTest {
    private final EvaluateRun evaluate = new EvaluateRun();

    @TempDir
    Path folder;

    @Test
    void shouldReachTheNoiseWhenTheStreamIsLinear() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 2_000, 1);
        List<JsonNode> lines = evaluate.json(0, "--csv", csv, "--label", "y", "--last", "0.5");
        JsonNode last = lines.get(1);
        assertEquals(2_000, last.get("n").intValue());
        assertEquals(1_000, last.at("/tail/n").intValue());
        // The deviation of y is 4.6: a learner that learns nothing stays far above.
        assertEquals(SyntheticStream.NOISE, last.at("/tail/rmse").doubleValue(), 0.12);
        assertEquals(0.95, last.at("/tail/coverage95").doubleValue(), 0.03);
        assertTrue(last.get("rmse").doubleValue() > last.at("/tail/rmse").doubleValue());
        assertTrue(last.get("eventsPerSecond").doubleValue() > 0);
    }

    @Test
    void shouldComeCloseToTheBestAccuracyWhenTheLabelIsText() throws IOException {
        Path csv = SyntheticCsv.classes(folder.resolve("classes.csv"), 2_000, 2);
        JsonNode tail = evaluate.json(0, "--csv", csv, "--label", "way", "--last", "0.5")
                .get(1)
                .get("tail");
        assertEquals(SyntheticStream.bestAccuracy(), tail.get("accuracy").doubleValue(), 0.03);
        assertTrue(tail.get("logLoss").doubleValue() < 0.35, tail.toString());
        assertTrue(tail.get("ece").doubleValue() < 0.06, tail.toString());
        assertFalse(tail.has("rmse"));
    }

    @Test
    void shouldCoverCountsWhenTheTaskIsCount() throws IOException {
        Path csv = SyntheticCsv.counts(folder.resolve("counts.csv"), 1_500, 10);
        JsonNode tail = evaluate.json(0, "--csv", csv, "--label", "count", "--task", "count", "--last", "0.5")
                .get(1)
                .get("tail");
        assertEquals(SyntheticStream.bestCountError(), tail.get("rmse").doubleValue(), 0.2);
        assertTrue(tail.get("coverage95").doubleValue() > 0.93, tail.toString());
        assertTrue(tail.get("crps").doubleValue() < tail.get("mae").doubleValue(), tail.toString());
    }

    @Test
    void shouldTellClassesApartWhenThereAreThree() throws IOException {
        Path csv = SyntheticCsv.levels(folder.resolve("levels.csv"), 1_500, 11);
        JsonNode tail = evaluate.json(0, "--csv", csv, "--label", "level", "--last", "0.5")
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
        List<JsonNode> lines = evaluate.json(
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
        assertEquals(SyntheticStream.NOISE, lines.get(0).get("rmse").doubleValue(), 0.12);
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
        JsonNode last = evaluate.json(
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
        JsonNode last = evaluate.json(0, "--csv", csv, "--label", "y", "--set", "credence.batch.size=64")
                .get(1);
        assertEquals(100, last.get("n").intValue());
    }

    @Test
    void shouldPredictWithThePriorWhenAllRowsAreOneBatch() throws IOException {
        Path csv = SyntheticCsv.linear(folder.resolve("linear.csv"), 100, 5);
        JsonNode last = evaluate.json(0, "--csv", csv, "--label", "y", "--set", "credence.batch.size=100")
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
        List<JsonNode> alone = evaluate.json(0, arguments);
        arguments[arguments.length - 1] = "2";
        assertEquals(timeless(alone), timeless(evaluate.json(0, arguments)));
    }

    private static List<JsonNode> timeless(List<JsonNode> lines) {
        lines.forEach(line -> ((ObjectNode) line).remove(List.of("seconds", "eventsPerSecond", "eventsPerSecondSE")));
        return lines;
    }
}
