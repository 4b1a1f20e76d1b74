package io.credence.cli;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.inference.ModelSpec;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.evaluate.ColumnPlan;
import io.credence.tool.evaluate.Dataset;
import io.credence.tool.evaluate.Evaluator;
import io.credence.tool.evaluate.Split;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A checked evaluation: everything that the user can get wrong has been looked at. */
record Evaluation(ColumnPlan plan, Evaluator evaluator, List<Split> splits, int rows) {
    private static final int MOST_SHOWN = 50;
    private static final int PAGE_WINDOWS = 50;

    static Evaluation of(
            CsvTable table, ColumnPlan plan, ModelSpec model, List<Split> splits, @Nullable String series, int delay) {
        Dataset.Columns columns = new Dataset.Columns(plan.label(), plan.time(), series);
        Dataset data = Dataset.of(table, columns, model.features(), model.label(), delay);
        return new Evaluation(plan, new Evaluator(model, data), splits, table.size());
    }

    long events() {
        return splits.isEmpty()
                ? rows
                : splits.stream()
                        .mapToLong(s -> s.train().length + s.test().length)
                        .sum();
    }

    /** Rows of a window of the page, which has some fifty; none where rows are held out. */
    int window() {
        return splits.isEmpty() ? Math.max(1, (rows + PAGE_WINDOWS - 1) / PAGE_WINDOWS) : 0;
    }

    /** The classes' names; none for numbers. */
    List<String> classes() {
        LabelEncoder label = evaluator.spec().label();
        return IntStream.range(0, label.classCount()).mapToObj(label::className).toList();
    }

    private static String features(List<FeatureSpec> features) {
        String shown =
                features.stream().limit(MOST_SHOWN).map(FeatureSpec::toString).collect(Collectors.joining(", "));
        int more = features.size() - MOST_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    String description() {
        return plan.task().name().toLowerCase(Locale.ROOT) + " of '" + plan.label() + "', " + rows + " rows, "
                + (splits.isEmpty() ? "test then train" : splits.size() + " split(s)") + "\nfeatures: "
                + features(plan.features())
                + plan.notes().stream().map(note -> "\n" + note).collect(Collectors.joining());
    }
}
