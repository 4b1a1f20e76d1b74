package io.credence.tool.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people: an aligned table with a row for each pass and, where there are several, their mean and its error. */
public final class TableReport {
    private TableReport() {}

    /** The lines of the table, and of what was rejected. */
    public static List<String> lines(List<PassResult> scores) {
        MeanAndError summary = MeanAndError.of(scores);
        List<String> fields = columns(summary.mean());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(scores.size() > 1 ? "split" : "", "n"));
        head.addAll(fields);
        rows.add(head);
        for (int i = 0; i < scores.size(); i++) {
            PassResult score = scores.get(i);
            rows.add(row(scores.size() > 1 ? "" + i : "all", "" + score.n(), fields, values(score)));
        }
        if (scores.size() > 1) {
            rows.add(row("mean", "", fields, summary.mean()));
            rows.add(row("± s.e.", "", fields, summary.error()));
        }
        for (PassResult score : scores) {
            if (score.tail() != null) {
                rows.add(row("tail", "" + score.tail().n(), fields, score.tail().metrics()));
            }
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        String baselines = baselines(summary.mean());
        if (!baselines.isEmpty()) {
            lines.add("baselines: " + baselines);
        }
        for (PassResult score : scores) {
            lines.addAll(ChangeReport.lines(score.changes()));
            lines.addAll(rejections(score.rejections()));
        }
        return lines.stream().distinct().toList();
    }

    /** The lines of a table with a row for each window. */
    public static List<String> windows(List<Windows.Window> windows) {
        List<String> fields = windows.stream()
                .flatMap(w -> columns(w.metrics()).stream())
                .distinct()
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("from", "n"));
        head.addAll(fields);
        rows.add(head);
        for (Windows.Window window : windows) {
            rows.add(row("" + window.from(), "" + window.n(), fields, window.metrics()));
        }
        return aligned(rows);
    }

    private static List<String> columns(Map<String, Double> metrics) {
        return metrics.keySet().stream()
                .filter(field -> !field.startsWith(Tally.BASELINES))
                .toList();
    }

    private static String baselines(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(Tally.BASELINES))
                .map(entry -> entry.getKey().substring(Tally.BASELINES.length()).replace('.', ' ') + " "
                        + number(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Double> values(PassResult score) {
        return MeanAndError.of(List.of(score)).mean();
    }

    private static List<String> rejections(PassResult.Rejections rejections) {
        List<String> lines = new ArrayList<>();
        if (rejections.rows() > 0) {
            lines.add("rejected rows: " + rejections.rows() + "; the first: " + rejections.reason());
        }
        if (rejections.updates() > 0) {
            lines.add("rejected updates (not finite): " + rejections.updates());
        }
        return lines;
    }

    private static List<String> row(String name, String n, List<String> fields, Map<String, Double> values) {
        List<String> row = new ArrayList<>(List.of(name, n));
        for (String field : fields) {
            Double value = values.get(field);
            row.add(value == null ? "" : number(value));
        }
        return row;
    }

    /** Five significant digits, and no decimals of large numbers. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e7 || (size > 0 && size < 1e-4)) {
            return String.format(Locale.ROOT, "%.4e", value);
        }
        int before = size < 1 ? 1 : (int) Math.floor(Math.log10(size)) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, 5 - before) + "f", value);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] width = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(width[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
