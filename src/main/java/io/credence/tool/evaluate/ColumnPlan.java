package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Task;
import io.credence.tool.csv.CsvTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
 * @param notes what was decided about file and columns, a sentence each
 */
public record ColumnPlan(
        String label,
        Task task,
        List<String> classes,
        List<FeatureSpec> features,
        @Nullable String time,
        List<String> notes) {
    /** What the user said; null means: find out. */
    public record Wish(
            String label,
            @Nullable Task task,
            @Nullable List<FeatureSpec> features,
            @Nullable String time,
            @Nullable List<String> classes) {}

    public ColumnPlan {
        classes = List.copyOf(classes);
        features = List.copyOf(features);
        notes = List.copyOf(notes);
    }

    /**
     * Completes what the user said by looking at the values.
     *
     * @throws IllegalArgumentException if a column does not exist or cannot be what it is meant to be
     */
    public static ColumnPlan of(CsvTable table, Wish wish) {
        ColumnProfile label = ColumnProfile.of(table, table.column(wish.label()));
        Integer time = wish.time() == null ? null : (Integer) table.column(wish.time());
        BareSeries series = wish.features() == null ? BareSeries.of(table, table.column(wish.label()), time) : null;
        List<FeatureSpec> features = series != null
                ? series.features()
                : wish.features() == null ? others(table, wish.label(), time) : wish.features();
        String at = series == null ? wish.time() : series.time();
        for (String field : fields(features)) {
            table.column(field);
            if (field.equals(wish.label())) {
                throw new IllegalArgumentException(
                        "feature '" + field + "' is the label; its past is written as in" + " lag(label,1)");
            }
        }
        Task task = wish.task() == null ? taskOf(label) : wish.task();
        if (task == Task.REGRESSION || task == Task.COUNT) {
            label.refuseStrays();
        }
        List<String> classes = classes(table, label, task, wish.classes());
        List<String> notes = notes(table, label, task, features, at);
        if (series != null) {
            notes.add(series.note());
        }
        return new ColumnPlan(wish.label(), task, classes, features, at, notes);
    }

    /** The columns that features are made of. */
    private static Set<String> fields(List<FeatureSpec> features) {
        Set<String> fields = features.stream()
                .filter(feature -> feature.kind() != FeatureSpec.Kind.PAST)
                .map(FeatureSpec::field)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        fields.addAll(PastPlan.of(features).fields());
        return fields;
    }

    private static List<FeatureSpec> others(CsvTable table, String label, @Nullable Integer time) {
        List<FeatureSpec> features = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            if (!table.columns().get(column).equals(label) && (time == null || time != column)) {
                ColumnProfile profile = ColumnProfile.of(table, column);
                if (profile.present() > 0) {
                    profile.refuseStrays();
                    features.add(profile.feature());
                }
            }
        }
        return features;
    }

    private static Task taskOf(ColumnProfile label) {
        if (label.numeric()) {
            return Task.REGRESSION;
        }
        int classes = label.categories().size();
        if (classes > ColumnProfile.MOST_ONEHOT) {
            throw new IllegalArgumentException("label column '" + label.name() + "' holds text of "
                    + (classes > ColumnProfile.MOST_CATEGORIES ? "more than " + (classes - 1) : classes)
                    + " distinct values, such as " + some(label.categories())
                    + "; if they are classes, say --task multiclass; if they are numbers, say --decimal, --thousands or"
                    + " --missing");
        }
        return classes == 2 ? Task.BINARY : Task.MULTICLASS;
    }

    private static List<String> notes(
            CsvTable table, ColumnProfile label, Task task, List<FeatureSpec> features, @Nullable String time) {
        List<String> notes = new ArrayList<>(table.notes());
        if (task == Task.REGRESSION && label.twoWholeNumbers()) {
            notes.add("label '" + label.name() + "' has only the values " + some(label.categories())
                    + ": --task binary learns them as classes");
        } else if (task == Task.REGRESSION && label.counts()) {
            notes.add("label '" + label.name()
                    + "' holds whole numbers from 0 only: if it counts something, --task count is"
                    + " recommended, whose intervals have whole ends, none below 0");
        }
        notes.addAll(label.notes());
        Set<String> times = features.stream()
                .filter(feature -> feature.kind() == FeatureSpec.Kind.TIME)
                .map(FeatureSpec::field)
                .collect(Collectors.toSet());
        for (String field : fields(features)) {
            ColumnProfile column = ColumnProfile.of(table, table.column(field));
            notes.addAll(column.notes());
            if (times.contains(field)) {
                notes.addAll(column.unitNote());
            }
        }
        if (time != null) {
            notes.addAll(ColumnProfile.of(table, table.column(time)).unitNote());
        }
        return notes;
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
