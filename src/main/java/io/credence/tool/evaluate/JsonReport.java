package io.credence.tool.evaluate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The report for programs: one JSON object on a line for each window and each pass, and as the last line the means over the passes, each
 * with its standard error in a field of the same name with {@code SE} behind. A figure that does not exist is left out.
 */
public final class JsonReport {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonReport() {}

    /** The line of one pass. */
    public static String line(int split, PassResult score) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("split", split);
        json.put("n", score.n());
        put(json, score.metrics(), "");
        put(json, Map.of("eventsPerSecond", score.eventsPerSecond()), "");
        put(json, Map.of("seconds", score.seconds()), "");
        json.put("rejected", score.rejections().rows());
        if (score.rejections().reason() != null) {
            json.put("rejectedReason", score.rejections().reason());
        }
        json.put("rejectedUpdates", score.rejections().updates());
        ChangeReport.put(json.putArray("changes"), score.changes());
        if (score.tail() != null) {
            ObjectNode tail = json.putObject("tail");
            tail.put("n", score.tail().n());
            put(tail, score.tail().metrics(), "");
        }
        return json.toString();
    }

    /** The line of one window. */
    public static String line(Windows.Window window) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("window", window.number());
        json.put("from", window.from());
        json.put("to", window.to());
        json.put("n", window.n());
        put(json, window.metrics(), "");
        json.put("rejected", window.to() - window.from() - window.n());
        return json.toString();
    }

    /** The last line. */
    public static String lastLine(List<PassResult> scores) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("splits", scores.size());
        putMean(json, "n", scores.stream().mapToLong(PassResult::n).average().orElse(0));
        put(json, MeanAndError.of(scores));
        put(
                json,
                Map.of(
                        "seconds",
                        scores.stream().mapToDouble(PassResult::seconds).sum()),
                "");
        json.put(
                "rejected",
                scores.stream().mapToLong(score -> score.rejections().rows()).sum());
        json.put(
                "rejectedUpdates",
                scores.stream().mapToLong(score -> score.rejections().updates()).sum());
        List<PassResult> tails = scores.stream().filter(s -> s.tail() != null).toList();
        if (!tails.isEmpty()) {
            ObjectNode tail = json.putObject("tail");
            putMean(
                    tail,
                    "n",
                    tails.stream().mapToLong(JsonReport::tailCount).average().orElse(0));
            put(tail, MeanAndError.of(tails, JsonReport::tailMetrics));
        }
        return json.toString();
    }

    private static long tailCount(PassResult score) {
        return score.tail() == null ? 0 : score.tail().n();
    }

    private static Map<String, Double> tailMetrics(PassResult score) {
        return score.tail() == null ? Map.of() : score.tail().metrics();
    }

    private static void put(ObjectNode json, MeanAndError summary) {
        put(json, summary.mean(), "");
        put(json, summary.error(), "SE");
    }

    private static void put(ObjectNode json, Map<String, Double> values, String suffix) {
        values.forEach((field, value) -> {
            if (Double.isFinite(value)) {
                put(json, field + suffix, value);
            }
        });
    }

    /** A dot in a field's name leads into an object. */
    private static void put(ObjectNode json, String field, double value) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            json.put(field, value);
        } else {
            put(json.withObject("/" + field.substring(0, dot)), field.substring(dot + 1), value);
        }
    }

    private static void putMean(ObjectNode json, String field, double mean) {
        if (mean == Math.rint(mean)) {
            json.put(field, (long) mean);
        } else {
            json.put(field, mean);
        }
    }
}
