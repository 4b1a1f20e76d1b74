package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command on a small stream: whether every figure is there and fits the others, not how large it is. */
class BenchmarkCommandIT {
    private static final int EVENTS = 40_000;

    @Test
    void shouldReportFiguresThatFitEachOtherWhenTheStreamIsSmall() throws Exception {
        JsonNode json = run(
                "--events=" + EVENTS,
                "--train-events=20001",
                "--batch-size=8",
                "--partitions=2",
                "--threads=2",
                "--features=4",
                "--hidden=8",
                "--samples=4",
                "--runs=1",
                "--rate=500",
                "--latency-seconds=1");
        assertEquals(EVENTS, json.get("scored").intValue(), "every event is scored exactly once");
        assertEquals(20_008, json.get("learned").intValue(), "whole minibatches are learned");
        for (String field : List.of(
                "passThrough",
                "passThroughTwoHops",
                "scoreKernel",
                "trainKernel",
                "score",
                "train",
                "trainRatio",
                "scoreCpuEfficiency",
                "trainCpuEfficiency",
                "heapBytes",
                "posteriorBytes",
                "changelogBytes")) {
            assertTrue(json.path(field).doubleValue() > 0, field + " in " + json);
        }
        double pass = json.get("passThrough").doubleValue();
        double score = json.get("score").doubleValue();
        double attainable = 1 / (1 / pass + 1 / json.get("scoreKernel").doubleValue());
        assertAll(
                json.toString(),
                () -> assertEquals(score / pass, json.get("scoreRatio").doubleValue(), 0.01),
                () -> assertEquals(
                        score / attainable, json.get("scoreEfficiency").doubleValue(), 0.01));
        // On a stream this small, one flow may have ended before the other was warm: then the figures are null.
        assertEquals(
                json.get("both").doubleValue(),
                json.get("bothScored").doubleValue() + json.get("bothTrained").doubleValue(),
                2);
        JsonNode latency = json.get("latencyMs");
        assertEquals(500, latency.get("rate").doubleValue());
        for (String reader : List.of("committed", "uncommitted", "idle")) {
            JsonNode figures = latency.get(reader);
            assertTrue(figures.get("p50").doubleValue() > 0, latency.toString());
            assertTrue(figures.get("p50").doubleValue() <= figures.get("p99").doubleValue(), latency.toString());
            assertTrue(figures.get("p99").doubleValue() <= figures.get("p999").doubleValue(), latency.toString());
            assertTrue(figures.get("p999").doubleValue() <= figures.get("max").doubleValue(), latency.toString());
        }
        assertTrue(
                latency.at("/uncommitted/p50").doubleValue()
                        <= latency.at("/committed/p50").doubleValue(),
                latency.toString());
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured() {
        StringWriter err = new StringWriter();
        int exit = Main.commandLine().setErr(new PrintWriter(err, true)).execute("benchmark", "--events=0");
        assertEquals(2, exit);
        assertTrue(err.toString().contains("--events=0 must be at least 1"), err.toString());
    }

    private static JsonNode run(String... options) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("benchmark", "--json"));
        all.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
        assertEquals(0, exit, err.toString());
        String[] lines = out.toString().strip().split("\n");
        return new ObjectMapper().readTree(lines[lines.length - 1]);
    }
}
