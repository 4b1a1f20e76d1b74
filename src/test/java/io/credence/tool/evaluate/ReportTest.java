package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportTest {
    @Test
    void shouldHoldTheFieldsWhenOnePassIsPrinted() throws Exception {
        JsonNode json = read(JsonReport.line(3, score(10, 2.5, 0.9, null)));
        assertEquals(3, json.get("split").intValue());
        assertEquals(10, json.get("n").longValue());
        assertEquals(2.5, json.get("rmse").doubleValue());
        assertEquals(0.9, json.get("coverage95").doubleValue());
        assertEquals(1000, json.get("eventsPerSecond").doubleValue());
        assertEquals(1, json.get("rejected").longValue());
        assertEquals("row 7", json.get("rejectedReason").textValue());
        assertFalse(json.has("accuracy"));
        assertFalse(json.has("tail"));
    }

    @Test
    void shouldHoldMeansAndStandardErrorsWhenPassesAreSummed() throws Exception {
        JsonNode json = read(JsonReport.lastLine(
                List.of(score(10, 1, 0.9, null), score(10, 2, 0.9, null), score(10, 6, 0.9, null))));
        assertEquals(3, json.get("splits").intValue());
        assertTrue(json.get("n").isIntegralNumber());
        assertEquals(10, json.get("n").longValue());
        assertEquals(3, json.get("rmse").doubleValue(), 1e-15);
        // Squared gaps 4 + 1 + 9 over k − 1 = 2, over k = 3.
        assertEquals(Math.sqrt(14 / 2.0 / 3), json.get("rmseSE").doubleValue(), 1e-15);
        assertEquals(0, json.get("coverage95SE").doubleValue(), 1e-15);
        assertEquals(3, json.get("rejected").longValue());
    }

    @Test
    void shouldLeaveOutErrorsWhenThereIsOnePass() throws Exception {
        JsonNode json = read(JsonReport.lastLine(List.of(score(10, 1, 0.9, null))));
        assertEquals(1, json.get("rmse").doubleValue());
        assertFalse(json.has("rmseSE"));
    }

    @Test
    void shouldLeaveOutFiguresWhenTheyAreNotFinite() throws Exception {
        assertFalse(read(JsonReport.line(0, score(10, Double.NaN, 0.9, null))).has("rmse"));
        assertFalse(read(JsonReport.lastLine(List.of(score(10, Double.POSITIVE_INFINITY, 0.9, null))))
                .has("rmse"));
    }

    @Test
    void shouldNestTheTailWhenTheLastPartWasMeasured() throws Exception {
        PassResult score = score(10, 1, 0.9, new PassResult.Tail(5, Map.of("rmse", 0.5)));
        assertEquals(0.5, read(JsonReport.line(0, score)).at("/tail/rmse").doubleValue());
        JsonNode last = read(JsonReport.lastLine(List.of(score)));
        assertEquals(5, last.at("/tail/n").longValue());
        assertEquals(0.5, last.at("/tail/rmse").doubleValue());
    }

    @Test
    void shouldNestFieldsWhenTheirNamesHoldDots() throws Exception {
        Map<String, Double> metrics =
                Map.of("baselines.mean.rmse", 2.0, "baselines.rls.rmse", 1.0, "skill", Double.NEGATIVE_INFINITY);
        JsonNode json = read(JsonReport.line(new Windows.Window(2, 20, 25, 4, metrics)));
        assertEquals(2, json.get("window").intValue());
        assertEquals(20, json.get("from").intValue());
        assertEquals(25, json.get("to").intValue());
        assertEquals(1, json.get("rejected").intValue());
        assertEquals(2.0, json.at("/baselines/mean/rmse").doubleValue());
        assertEquals(1.0, json.at("/baselines/rls/rmse").doubleValue());
        assertFalse(json.has("skill"));
    }

    @Test
    void shouldAlignColumnsWhenPrintedForPeople() {
        List<String> lines = TableReport.lines(List.of(score(10, 1, 0.9, null), score(10, 12_345.6, 0.95, null)));
        assertEquals("split    n    rmse  coverage95  eventsPerSecond", lines.get(0));
        assertEquals("0       10  1.0000      0.9000           1000.0", lines.get(1));
        assertEquals("1       10   12346      0.9500           1000.0", lines.get(2));
        assertTrue(lines.get(3).startsWith("mean        6173.3"), lines.get(3));
        assertEquals("rejected rows: 1; the first: row 7", lines.get(5));
        assertEquals(6, lines.size());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0000",
        "0.123456, 0.1235",
        "-12.34567, -12.346",
        "123456.7, 123457",
        "1.5e9, 1.5000e+09",
        "0.00001, 1.0000e-05"
    })
    void shouldShowFiveDigitsWhenANumberIsPrinted(double value, String expected) {
        assertEquals(expected, TableReport.number(value));
    }

    private static JsonNode read(String line) throws Exception {
        assertFalse(line.contains("\n"));
        return new ObjectMapper().readTree(line);
    }

    private static PassResult score(long n, double rmse, double coverage, PassResult.@Nullable Tail tail) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("rmse", rmse);
        metrics.put("coverage95", coverage);
        return new PassResult(n, metrics, tail, new PassResult.Rejections(1, "row 7", 0), List.of(), 1000, 2);
    }
}
