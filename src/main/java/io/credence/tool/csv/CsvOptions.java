package io.credence.tool.csv;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of how a table is written; what is null is found out.
 *
 * @param header whether the first line names the columns; otherwise they are c0, c1, …
 * @param separator between cells: one character, or a blank for runs of blanks
 * @param skipLines lines before the table
 * @param comment what a line that is no row begins with
 * @param decimal the decimal mark, a point or a comma
 * @param thousands what stands between groups of three digits
 * @param missing further texts that mean: no value
 */
public record CsvOptions(
        boolean header,
        @Nullable Character separator,
        int skipLines,
        @Nullable String comment,
        @Nullable Character decimal,
        @Nullable Character thousands,
        Set<String> missing) {
    /** Nothing said. */
    public static final CsvOptions NONE = new CsvOptions(true, null, 0, null, null, null, Set.of());

    /** The same for a table whose first line is data. */
    public static final CsvOptions NO_HEADER = new CsvOptions(false, null, 0, null, null, null, Set.of());

    /** @throws IllegalArgumentException if the marks of a number are not two different ones */
    public CsvOptions {
        missing = Set.copyOf(missing);
        if (decimal != null && decimal != '.' && decimal != ',') {
            throw new IllegalArgumentException("--decimal is '" + decimal + "', allowed are a point and a comma");
        }
        if (decimal != null && decimal.equals(thousands)) {
            throw new IllegalArgumentException("--decimal and --thousands are both '" + decimal + "'");
        }
        if (skipLines < 0) {
            throw new IllegalArgumentException("--skip-lines is " + skipLines + ", expected 0 or more");
        }
    }
}
