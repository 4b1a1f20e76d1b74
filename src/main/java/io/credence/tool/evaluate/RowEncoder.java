package io.credence.tool.evaluate;

import io.credence.bayes.feature.EventTimes;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.tool.csv.CsvTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a labelled event of a row, or says what is wrong with it. */
final class RowEncoder {
    private final CsvTable table;
    private final int label;
    private final LabelEncoder labels;
    private final @Nullable ColumnProfile time;
    private final int timeColumn;
    private final FeatureEncoder features;
    private final int[] columns;
    private final List<ColumnProfile> profiles;

    /** @throws IllegalArgumentException if a column does not exist */
    RowEncoder(CsvTable table, String label, @Nullable String time, FeatureEncoder features, LabelEncoder labels) {
        this.table = table;
        this.label = table.column(label);
        this.labels = labels;
        this.timeColumn = time == null ? -1 : table.column(time);
        this.time = time == null ? null : ColumnProfile.of(table, timeColumn);
        this.features = features;
        this.columns = features.specs().stream()
                .map(FeatureSpec::field)
                .mapToInt(table::column)
                .toArray();
        Map<Integer, ColumnProfile> found = new HashMap<>();
        this.profiles = java.util.Arrays.stream(columns)
                .mapToObj(column -> found.computeIfAbsent(column, c -> ColumnProfile.of(table, c)))
                .toList();
    }

    Outcome<Observation> row(int row) {
        String fault = table.fault(row);
        if (fault != null) {
            return Outcome.reject(Reason.UNDECODABLE, fault);
        }
        Object raw = table.value(table.text(row, label));
        if (raw == null) {
            return Outcome.reject(
                    Reason.MISSING_LABEL, "label '" + table.columns().get(label) + "' is empty");
        }
        return labels.encode(raw).flatMap(y -> features.encode(i -> profiles.get(i)
                        .value(table.text(row, columns[i]), features.specs().get(i)))
                .flatMap(x -> at(row).map(at -> new Observation("", "row-" + row, at, x, y))));
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
