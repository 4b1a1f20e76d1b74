package io.credence.tool.csv;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of text cells, held in memory.
 *
 * <p>Rows are numbered from zero after the header, as row files number them. A row with too few or too many cells keeps
 * its number, so that it can be reported; {@link #fault} tells of it.
 */
public final class CsvTable {
    private static final Set<String> MISSING =
            Set.of("", "na", "nan", "n/a", "#n/a", "#na", "<na>", "null", "(null)", "<null>", "\\n", "?");
    private static final int LONGEST_MISSING = 6;
    private static final Pattern UNLISTABLE = Pattern.compile("[,()]");

    private final Path file;
    private final List<String> columns;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String[]> rows;
    private final List<Long> lines;
    private final NumberStyle style;
    private final Set<String> missing;
    private final List<String> notes;

    /**
     * @param file where the table comes from, for messages
     * @param columns names, distinct
     * @param rows trimmed cells
     * @param lines the line on which each row ends, from one
     * @param style how numbers are spelled
     * @param missing further texts that mean: no value
     * @param notes what was decided about the file, a sentence each
     */
    CsvTable(
            Path file,
            List<String> columns,
            List<String[]> rows,
            List<Long> lines,
            NumberStyle style,
            Set<String> missing,
            List<String> notes) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.lines = List.copyOf(lines);
        this.style = style;
        this.missing = missing;
        this.notes = List.copyOf(notes);
        for (int i = 0; i < columns.size(); i++) {
            index.putIfAbsent(columns.get(i), i);
        }
    }

    /** A table of plain cells, numbered from line 2. */
    public static CsvTable of(Path file, List<String> columns, List<String[]> rows) {
        List<Long> lines = java.util.stream.LongStream.range(0, rows.size())
                .mapToObj(i -> i + 2)
                .toList();
        return new CsvTable(file, columns, rows, lines, NumberStyle.PLAIN, Set.of(), List.of());
    }

    /** Where the table comes from. */
    public Path file() {
        return file;
    }

    /** The columns' names, in order. */
    public List<String> columns() {
        return columns;
    }

    /** The number of rows. */
    public int size() {
        return rows.size();
    }

    /** What was decided about the file, a sentence each. */
    public List<String> notes() {
        return notes;
    }

    /**
     * The position of a column.
     *
     * @throws IllegalArgumentException if there is none of that name; the message names the file and its columns
     */
    public int column(String name) {
        Integer found = index.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "file '" + file + "' has no column '" + name + "'; its columns are " + String.join(", ", columns));
        }
        return found;
    }

    /** What is wrong with the shape of a row, or null. */
    public @Nullable String fault(int row) {
        int cells = rows.get(row).length;
        return cells == columns.size() ? null : "it has " + cells + " cells, expected " + columns.size();
    }

    /** The trimmed text of a cell; null where it is empty or says that there is no value, as NA, NULL or ? do. */
    public @Nullable String text(int row, int column) {
        String[] cells = rows.get(row);
        String text = column < cells.length ? cells[column] : "";
        boolean none = text.length() <= LONGEST_MISSING && MISSING.contains(text.toLowerCase(Locale.ROOT));
        return none || missing.contains(text) ? null : text;
    }

    /** The number that a text spells in this table, possibly infinite, or null. */
    public @Nullable Double number(String text) {
        return style.number(text);
    }

    /** The value as an encoder takes it: a {@link Double} where the text spells one, else the text. */
    public @Nullable Object value(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Double number = number(text);
        return number == null ? category(text) : number;
    }

    /** The name of a cell's category: whole numbers without a decimal point, and nothing that a list cannot spell. */
    public String category(String text) {
        Double number = number(text);
        if (number == null) {
            return UNLISTABLE.matcher(text).replaceAll("_").strip();
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : number.toString();
    }

    /** File, row and line, for messages. */
    public String place(int row) {
        return "file '" + file + "' row " + row + " (line " + lines.get(row) + ")";
    }
}
