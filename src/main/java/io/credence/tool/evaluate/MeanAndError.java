package io.credence.tool.evaluate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Means over several passes, with their standard errors.
 *
 * @param mean of each field
 * @param error standard error of that mean: the sample deviation over √k; empty for a single pass, which has none
 */
record MeanAndError(Map<String, Double> mean, Map<String, Double> error) {
    /** Of the metrics over all events, and of {@code eventsPerSecond}. */
    public static MeanAndError of(List<PassResult> scores) {
        return of(scores, score -> {
            Map<String, Double> values = new LinkedHashMap<>(score.metrics());
            values.put("eventsPerSecond", score.eventsPerSecond());
            return values;
        });
    }

    /** Of any fields; a field counts only if every pass has it. */
    static MeanAndError of(List<PassResult> scores, Function<PassResult, Map<String, Double>> fields) {
        List<Map<String, Double>> all = scores.stream().map(fields).toList();
        Map<String, Double> mean = new LinkedHashMap<>();
        Map<String, Double> error = new LinkedHashMap<>();
        for (String field : all.get(0).keySet()) {
            if (all.stream().allMatch(values -> values.containsKey(field))) {
                List<Double> column = all.stream()
                        .map(values -> values.getOrDefault(field, Double.NaN))
                        .toList();
                mean.put(field, mean(column));
                if (column.size() > 1) {
                    error.put(field, standardError(column));
                }
            }
        }
        return new MeanAndError(mean, error);
    }

    static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    static double standardError(Collection<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1) / values.size());
    }
}
