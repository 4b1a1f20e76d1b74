package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Outcome.Accepted;
import io.credence.bayes.feature.Outcome.Rejected;
import io.credence.bayes.feature.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as labelled events, or what is wrong with them.
 *
 * @param rows one outcome for each row of the table, in its order
 */
public record Dataset(List<Outcome<Observation>> rows) {
    public Dataset {
        rows = List.copyOf(rows);
    }

    /**
     * Encodes every row.
     *
     * @param time column of the event time, or null: the row number is then the time in milliseconds
     * @throws IllegalArgumentException if a column does not exist
     */
    public static Dataset of(
            CsvTable table, String label, @Nullable String time, FeatureEncoder features, LabelEncoder labels) {
        int labelColumn = table.column(label);
        int timeColumn = time == null ? -1 : table.column(time);
        int[] columns = features.specs().stream()
                .map(FeatureSpec::field)
                .mapToInt(table::column)
                .toArray();
        List<Outcome<Observation>> rows = new ArrayList<>(table.size());
        for (int row = 0; row < table.size(); row++) {
            Outcome<Observation> outcome = row(table, row, columns, labelColumn, timeColumn, features, labels);
            rows.add(outcome instanceof Rejected<Observation> bad ? placed(table, row, bad) : outcome);
        }
        return new Dataset(rows);
    }

    private static Outcome<Observation> row(
            CsvTable table,
            int row,
            int[] columns,
            int labelColumn,
            int timeColumn,
            FeatureEncoder features,
            LabelEncoder labels) {
        String fault = table.fault(row);
        if (fault != null) {
            return Outcome.reject(Reason.UNDECODABLE, fault);
        }
        Object raw = Cells.value(table.text(row, labelColumn));
        if (raw == null) {
            return Outcome.reject(
                    Reason.MISSING_LABEL, "label '" + table.columns().get(labelColumn) + "' is empty");
        }
        Outcome<Double> label = labels.encode(raw);
        if (label instanceof Rejected<Double> bad) {
            return new Rejected<>(bad.rejection());
        }
        Outcome<FeatureVector> x = features.encode(i -> Cells.value(table.text(row, columns[i])));
        if (x instanceof Rejected<FeatureVector> bad) {
            return new Rejected<>(bad.rejection());
        }
        long at = row;
        if (timeColumn >= 0) {
            String text = table.text(row, timeColumn);
            Long millis = text == null ? null : Cells.millis(text);
            if (millis == null) {
                return Outcome.reject(
                        Reason.BAD_FEATURE,
                        "time '" + table.columns().get(timeColumn) + "' is "
                                + (text == null ? "empty" : "'" + text + "'")
                                + ", expected epoch milliseconds or an ISO-8601 date or time");
            }
            at = millis;
        }
        return Outcome.of(new Observation(
                "", "row-" + row, at, ((Accepted<FeatureVector>) x).value(), ((Accepted<Double>) label).value()));
    }

    private static Outcome<Observation> placed(CsvTable table, int row, Rejected<Observation> bad) {
        return Outcome.reject(
                bad.rejection().reason(),
                table.place(row) + ": " + bad.rejection().detail());
    }

    /** The usable events of all rows, and how many were not. */
    Selection all() {
        return select(IntStream.range(0, rows.size()).toArray());
    }

    /** The usable events of some rows, in the order given, and how many were not. */
    Selection select(int[] numbers) {
        List<Observation> events = new ArrayList<>(numbers.length);
        long rejected = 0;
        String first = null;
        for (int number : numbers) {
            Outcome<Observation> row = rows.get(number);
            if (row instanceof Accepted<Observation> good) {
                events.add(good.value());
            } else {
                rejected++;
                first = first == null
                        ? ((Rejected<Observation>) row).rejection().detail()
                        : first;
            }
        }
        return new Selection(events, rejected, first);
    }

    /**
     * Some rows.
     *
     * @param events the usable ones
     * @param rejected how many were not
     * @param reason what is wrong with the first of those, or null
     */
    record Selection(
            List<Observation> events,
            long rejected,
            @Nullable String reason) {}
}
