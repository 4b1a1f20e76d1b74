package io.credence.tool.evaluate;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureSpec.Kind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a column look like.
 *
 * @param name of the column
 * @param present cells with a value
 * @param missing cells without one
 * @param numbers cells that spell a number
 * @param flags cells that spell true or false
 * @param categories distinct values in order (numbers by size, then text); at most {@value #MOST_CATEGORIES} + 1
 */
record ColumnProfile(String name, int present, int missing, int numbers, int flags, List<String> categories) {
    /** Text columns with more distinct values are hashed. */
    static final int MOST_ONEHOT = 32;
    /** Categories are counted up to here. */
    static final int MOST_CATEGORIES = 1000;
    /** Share of the cells that must spell a number for the others to count as faults of their rows. */
    private static final double NUMERIC_SHARE = 0.95;

    private static final Comparator<String> NUMBERS_THEN_TEXT =
            Comparator.<String, Double>comparing(ColumnProfile::rank).thenComparing(Comparator.naturalOrder());

    static ColumnProfile of(CsvTable table, int column) {
        int present = 0;
        int missing = 0;
        int numbers = 0;
        int flags = 0;
        Set<String> categories = new HashSet<>();
        for (int row = 0; row < table.size(); row++) {
            if (table.fault(row) != null) {
                continue;
            }
            String text = table.text(row, column);
            if (text == null) {
                missing++;
                continue;
            }
            present++;
            numbers += Cells.number(text) == null ? 0 : 1;
            flags += text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ? 1 : 0;
            if (categories.size() <= MOST_CATEGORIES) {
                categories.add(Cells.category(text));
            }
        }
        return new ColumnProfile(
                table.columns().get(column),
                present,
                missing,
                numbers,
                flags,
                categories.stream().sorted(NUMBERS_THEN_TEXT).toList());
    }

    /** Whether the column holds numbers; a few cells that are none are then faults of their rows. */
    boolean numeric() {
        return numbers >= NUMERIC_SHARE * present;
    }

    /** How the column becomes features when the user does not say. */
    FeatureSpec feature() {
        boolean nullable = missing > 0;
        if (numeric()) {
            return new FeatureSpec(name, Kind.NUMERIC, List.of(), nullable);
        }
        if (flags == present) {
            return new FeatureSpec(name, Kind.BOOLEAN, List.of(), nullable);
        }
        return categories.size() <= MOST_ONEHOT
                ? new FeatureSpec(name, Kind.ONEHOT, categories, nullable)
                : new FeatureSpec(name, Kind.HASH, List.of(Integer.toString(MOST_ONEHOT)), nullable);
    }

    private static double rank(String category) {
        @Nullable Double number = Cells.number(category);
        return number == null ? Double.POSITIVE_INFINITY : number;
    }
}
