package io.credence.tool.evaluate;

import io.credence.tool.csv.CsvException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows to learn and rows to test.
 *
 * @param train zero-based rows in the order in which they are learned
 * @param test zero-based rows
 */
public record Split(int[] train, int[] test) {
    /**
     * Reads paired row files.
     *
     * @param rows the table's number of rows
     * @throws IllegalArgumentException if there are not as many files of the one kind as of the other
     * @throws CsvException if a file is unusable
     */
    public static List<Split> read(List<Path> train, List<Path> test, int rows) {
        if (train.size() != test.size()) {
            throw new IllegalArgumentException("row files come in pairs: there are " + train.size()
                    + " --train-rows and " + test.size() + " --test-rows");
        }
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < train.size(); i++) {
            splits.add(new Split(RowNumbers.read(train.get(i), rows), RowNumbers.read(test.get(i), rows)));
        }
        return splits;
    }
}
