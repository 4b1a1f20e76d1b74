package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Outcome.Accepted;
import io.credence.bayes.feature.Outcome.Rejected;
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
     * Encodes every row.
     *
     * @param time column of the event time, or null: the row number is then the time in milliseconds
     * @throws IllegalArgumentException if a column does not exist
     */
    public static Dataset of(
            CsvTable table, String label, @Nullable String time, FeatureEncoder features, LabelEncoder labels) {
        RowEncoder encoder = new RowEncoder(table, label, time, features, labels);
        List<Outcome<Observation>> rows = new ArrayList<>(table.size());
        for (int row = 0; row < table.size(); row++) {
            Outcome<Observation> outcome = encoder.row(row);
            rows.add(outcome instanceof Rejected<Observation> bad ? placed(table, row, bad) : outcome);
        }
        return new Dataset(rows);
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
        int[] used = new int[numbers.length];
        long rejected = 0;
        String first = null;
        for (int number : numbers) {
            Outcome<Observation> row = rows.get(number);
            if (row instanceof Accepted<Observation> good) {
                used[events.size()] = number;
                events.add(good.value());
            } else {
                rejected++;
                first = first == null
                        ? ((Rejected<Observation>) row).rejection().detail()
                        : first;
            }
        }
        return new Selection(events, Arrays.copyOf(used, events.size()), rejected, first);
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
