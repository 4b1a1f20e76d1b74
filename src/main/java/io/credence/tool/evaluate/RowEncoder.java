package io.credence.tool.evaluate;

import io.credence.bayes.feature.EventTimes;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.tool.csv.CsvTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a labelled event of a row, or says what is wrong with it. Rows come in the order in which they are predicted, since
 * features of the past are told what had arrived before.
 */
final class RowEncoder {
    private final CsvTable table;
    private final int label;
    private final LabelEncoder labels;
    private final @Nullable ColumnProfile time;
    private final int timeColumn;
    private final FeatureEncoder features;
    private final PastPlan plan;
    private final RowMemory memory;
    private final int series;
    private final @Nullable Cell[] cells;
    private final List<Cell> remembered;

    /** The cells of a column, used as that kind of feature. */
    private record Cell(int column, ColumnProfile profile, FeatureSpec spec) {}

    /** @throws IllegalArgumentException if a column does not exist */
    RowEncoder(CsvTable table, Dataset.Columns use, FeatureEncoder features, LabelEncoder labels, int delay) {
        this.table = table;
        this.label = table.column(use.label());
        this.labels = labels;
        this.timeColumn = use.time() == null ? -1 : table.column(use.time());
        this.time = use.time() == null ? null : ColumnProfile.of(table, timeColumn);
        this.features = features;
        this.plan = PastPlan.of(features.specs(), delay);
        this.memory = new RowMemory(plan, delay);
        this.series = use.series() == null ? -1 : table.column(use.series());
        Map<String, ColumnProfile> known = new HashMap<>();
        this.cells = new Cell[features.specs().size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = plan.asks(i) ? null : cell(features.specs().get(i), known);
        }
        this.remembered = plan.fields().stream()
                .map(field -> cell(new FeatureSpec(field, FeatureSpec.Kind.NUMERIC, List.of(), true), known))
                .toList();
    }

    private Cell cell(FeatureSpec spec, Map<String, ColumnProfile> known) {
        int column = table.column(spec.field());
        return new Cell(column, known.computeIfAbsent(spec.field(), f -> ColumnProfile.of(table, column)), spec);
    }

    Outcome<Observation> row(int row) {
        String fault = table.fault(row);
        if (fault != null) {
            return Outcome.reject(Reason.UNDECODABLE, fault);
        }
        Outcome<Double> y = label(row);
        if (y instanceof Outcome.Rejected && !plan.empty()) {
            at(row).take(at -> pass(row, at), bad -> {});
        }
        return y.flatMap(label -> at(row).flatMap(at -> event(row, at, label)));
    }

    private Outcome<Double> label(int row) {
        Object raw = table.value(table.text(row, label));
        return raw == null
                ? Outcome.reject(
                        Reason.MISSING_LABEL, "label '" + table.columns().get(label) + "' is empty")
                : labels.encode(raw);
    }

    /** A row without a label is an event like the others to those that count back. */
    private void pass(int row, long at) {
        plan.read(i -> value(row, remembered.get(i))).take(values -> memory.pass(series(row), at, values), bad -> {});
    }

    private String series(int row) {
        return series < 0 ? "" : String.valueOf(table.text(row, series));
    }

    private Outcome<Observation> event(int row, long at, double label) {
        String name = series(row);
        return plan.read(i -> value(row, remembered.get(i))).flatMap(values -> features.encode(
                        plan.with(memory.recall(name, at, values), i -> value(row, cells[i])))
                .map(x -> {
                    memory.add(name, at, values, label);
                    return new Observation("", "row-" + row, at, x, label);
                }));
    }

    private @Nullable Object value(int row, @Nullable Cell cell) {
        return cell == null ? null : cell.profile().value(table.text(row, cell.column()), cell.spec());
    }

    private Outcome<Long> at(int row) {
        if (time == null) {
            return Outcome.of((long) row);
        }
        String text = table.text(row, timeColumn);
        Double number = text == null ? null : table.number(text);
        Long at = number != null ? time.unit().millis(number) : text == null ? null : EventTimes.millis(text);
        return at != null
                ? Outcome.of(at)
                : Outcome.reject(
                        Reason.BAD_FEATURE,
                        "time '" + table.columns().get(timeColumn) + "' is "
                                + (text == null ? "empty" : "'" + text + "'")
                                + ", expected a date or time such as 2024-03-01 12:00:00+01:00, or a number since 1970");
    }
}
