package io.credence.tool.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of text cells, held in memory.
 *
 * <p>Rows are numbered from zero after the header, as row files number them. A row with too few or too many cells keeps
 * its number, so that it can be reported; {@link #fault} tells of it.
 */
public final class CsvTable {
    private static final Set<String> MISSING = Set.of("", "na", "nan", "?");

    private final Path file;
    private final List<String> columns;
    private final List<String[]> rows;
    private final List<Long> lines;

    /**
     * @param file where the table comes from, for messages
     * @param columns names, distinct
     * @param rows trimmed cells
     * @param lines the line on which each row ends, from one
     */
    CsvTable(Path file, List<String> columns, List<String[]> rows, List<Long> lines) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.lines = List.copyOf(lines);
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

    /**
     * The position of a column.
     *
     * @throws IllegalArgumentException if there is none of that name; the message names the file and its columns
     */
    public int column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "file '" + file + "' has no column '" + name + "'; its columns are " + String.join(", ", columns));
        }
        return index;
    }

    /** What is wrong with the shape of a row, or null. */
    public @Nullable String fault(int row) {
        int cells = rows.get(row).length;
        return cells == columns.size() ? null : "it has " + cells + " cells, expected " + columns.size();
    }

    /** The trimmed text of a cell; null where it is empty, {@code NA}, {@code NaN} or {@code ?}. */
    public @Nullable String text(int row, int column) {
        String[] cells = rows.get(row);
        String text = column < cells.length ? cells[column] : "";
        return text.length() <= 3 && MISSING.contains(text.toLowerCase(Locale.ROOT)) ? null : text;
    }

    /** File, row and line, for messages. */
    public String place(int row) {
        return "file '" + file + "' row " + row + " (line " + lines.get(row) + ")";
    }
}
