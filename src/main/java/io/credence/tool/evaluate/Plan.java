package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a table are used.
 *
 * @param label column to be predicted
 * @param task what the label is
 * @param classes class names in index order; empty for regression and counts, and for a binary label of 0 and 1
 * @param features the inputs
 * @param time column of the event time, or null for row numbers
 */
public record Plan(
        String label,
        Task task,
        List<String> classes,
        List<FeatureSpec> features,
        @Nullable String time) {
    /** What the user said; null means: find out. */
    public record Wish(
            String label,
            @Nullable Task task,
            @Nullable List<FeatureSpec> features,
            @Nullable String time,
            @Nullable List<String> classes) {}

    public Plan {
        classes = List.copyOf(classes);
        features = List.copyOf(features);
    }

    /**
     * Completes what the user said by looking at the values.
     *
     * @throws IllegalArgumentException if a column does not exist or cannot be what it is meant to be
     */
    public static Plan of(CsvTable table, Wish wish) {
        ColumnProfile label = ColumnProfile.of(table, table.column(wish.label()));
        Integer time = wish.time() == null ? null : (Integer) table.column(wish.time());
        List<FeatureSpec> features = wish.features() == null ? others(table, wish.label(), time) : wish.features();
        for (FeatureSpec feature : features) {
            table.column(feature.field());
            if (feature.field().equals(wish.label())) {
                throw new IllegalArgumentException("feature '" + feature.field() + "' is the label");
            }
        }
        if (features.isEmpty()) {
            throw new IllegalArgumentException(
                    "file '" + table.file() + "' has no column besides '" + wish.label() + "' to predict it from");
        }
        Task task = wish.task() == null ? taskOf(label) : wish.task();
        return new Plan(wish.label(), task, classes(table, label, task, wish.classes()), features, wish.time());
    }

    private static List<FeatureSpec> others(CsvTable table, String label, @Nullable Integer time) {
        List<FeatureSpec> features = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            if (!table.columns().get(column).equals(label) && (time == null || time != column)) {
                ColumnProfile profile = ColumnProfile.of(table, column);
                if (profile.present() > 0) {
                    features.add(profile.feature());
                }
            }
        }
        return features;
    }

    private static Task taskOf(ColumnProfile label) {
        return label.numeric() ? Task.REGRESSION : label.categories().size() == 2 ? Task.BINARY : Task.MULTICLASS;
    }

    private static List<String> classes(CsvTable table, ColumnProfile label, Task task, @Nullable List<String> wished) {
        List<String> found = label.categories();
        String column = "label column '" + label.name() + "' of file '" + table.file() + "'";
        if (label.present() == 0) {
            throw new IllegalArgumentException(column + " has no value in any row");
        }
        if (task == Task.REGRESSION || task == Task.COUNT) {
            if (label.numbers() == 0) {
                throw new IllegalArgumentException(column + " holds text, which a " + name(task)
                        + " task cannot learn; use --task binary or --task multiclass");
            }
            return List.of();
        }
        if (wished != null) {
            return wished;
        }
        if (task == Task.BINARY && List.of("0", "1").containsAll(found)) {
            return List.of();
        }
        int most = task == Task.BINARY ? 2 : ColumnProfile.MOST_CATEGORIES;
        if (found.size() < 2 || found.size() > most) {
            throw new IllegalArgumentException(column + " has "
                    + (found.size() > ColumnProfile.MOST_CATEGORIES ? "more than " + most : found.size())
                    + " distinct values, a " + name(task) + " task needs "
                    + (task == Task.BINARY ? "two" : "2 to " + most) + "; the values are " + some(found));
        }
        return found;
    }

    private static String some(List<String> values) {
        return values.stream().limit(5).collect(Collectors.joining(", ")) + (values.size() > 5 ? ", …" : "");
    }

    private static String name(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }
}
