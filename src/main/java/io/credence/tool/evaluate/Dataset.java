package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection;
import io.credence.tool.csv.CsvTable;
import java.util.ArrayList;
import java.util.Arrays;
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
     * Which columns have a meaning besides the features.
     *
     * @param label what is predicted
     * @param time event time, or null: the row number is then the time in milliseconds
     * @param series what names an event's series, or null where all are one
     */
    public record Columns(
            String label, @Nullable String time, @Nullable String series) {}

    /** Encodes every row of one series, where each label is known before the next row is predicted. */
    public static Dataset of(
            CsvTable table, String label, @Nullable String time, FeatureEncoder features, LabelEncoder labels) {
        return of(table, new Columns(label, time, null), features, labels, 0);
    }

    /**
     * Encodes every row. Features of the past are told what had arrived when the row was predicted, in the file's order.
     *
     * @param delay usable rows that are predicted between a row's own prediction and the arrival of its label
     * @throws IllegalArgumentException if a column does not exist
     */
    public static Dataset of(CsvTable table, Columns columns, FeatureEncoder features, LabelEncoder labels, int delay) {
        RowEncoder encoder = new RowEncoder(table, columns, features, labels, delay);
        List<Outcome<Observation>> rows = new ArrayList<>(table.size());
        for (int row = 0; row < table.size(); row++) {
            int number = row;
            rows.add(encoder.row(row).fold(Outcome::of, bad -> placed(table, number, bad)));
        }
        return new Dataset(rows);
    }

    private static Outcome<Observation> placed(CsvTable table, int row, Rejection bad) {
        return Outcome.reject(bad.reason(), table.place(row) + ": " + bad.detail());
    }

    /** The usable events of all rows, and how many were not. */
    Selection all() {
        return select(IntStream.range(0, rows.size()).toArray());
    }

    /** The usable events of some rows, in the order given, and how many were not. */
    Selection select(int[] numbers) {
        List<Observation> events = new ArrayList<>(numbers.length);
        int[] used = new int[numbers.length];
        List<Rejection> rejected = new ArrayList<>();
        for (int number : numbers) {
            rows.get(number)
                    .take(
                            event -> {
                                used[events.size()] = number;
                                events.add(event);
                            },
                            rejected::add);
        }
        String first = rejected.isEmpty() ? null : rejected.get(0).detail();
        return new Selection(events, Arrays.copyOf(used, events.size()), rejected.size(), first);
    }

    /**
     * Some rows.
     *
     * @param events the usable ones
     * @param rows their numbers in the table, from 0
     * @param rejected how many were not
     * @param reason what is wrong with the first of those, or null
     */
    record Selection(
            List<Observation> events,
            int[] rows,
            long rejected,
            @Nullable String reason) {}
}
