package io.credence.tool.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Evaluations by name: the last line of each {@code NAME.jsonl} in a directory. A figure that was not measured is a dash.
 *
 * @param folder the directory
 */
record BenchmarkResults(Path folder) {
    private static final String NONE = "–";

    /** Mean ± standard error, the mean times {@code sign}. */
    String mean(String name, String field, int sign) {
        Optional<Double> mean = number(name, field);
        return mean.map(m -> show(sign * m)
                        + number(name, field + "SE").map(e -> " ± " + show(e)).orElse(""))
                .orElse(NONE);
    }

    /** The figure alone. */
    String plain(String name, String field) {
        return number(name, field).map(BenchmarkResults::show).orElse(NONE);
    }

    /** A figure without decimals, its thousands apart. */
    String whole(String name, String field) {
        return number(name, field)
                .map(v -> String.format(Locale.ROOT, "%,.0f", v))
                .orElse(NONE);
    }

    private Optional<Double> number(String name, String field) {
        JsonNode value = lastLine(name).at(field.startsWith("/") ? field : "/" + field);
        return value.isNumber() ? Optional.of(value.doubleValue()) : Optional.empty();
    }

    private JsonNode lastLine(String name) {
        Path file = folder.resolve(name + ".jsonl");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return new ObjectMapper().readTree(lines.isEmpty() ? "{}" : lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new IllegalStateException("result " + file + " cannot be read", e);
        }
    }

    /** Four significant digits, and a real minus sign. */
    static String show(double value) {
        double size = Math.abs(value);
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
    }
}
