package io.credence.tool.csv;

import io.credence.tool.csv.Dialect.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a table of text: UTF-8 or gzip of it, from a file, a pipe or, as {@code -}, from standard input.
 *
 * <p>How cells are separated is found from what makes the rows agree, quoted cells and line breaks within them
 * respected. Comment lines and lines of another shape before the table, separators after the last cell, R's row names
 * and ARFF are understood; what was decided is told by {@link CsvTable#notes}.
 */
public final class CsvReading {
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\\s*\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int LONGEST_PREAMBLE = 50;

    private final Path file;
    private final CsvOptions options;
    private final List<String> notes = new ArrayList<>();
    private List<Row> rows = List.of();
    private List<String> columns = List.of();

    private CsvReading(Path file, CsvOptions options) {
        this.file = file;
        this.options = options;
    }

    /**
     * Reads a whole table. Empty lines are no rows.
     *
     * @throws CsvException if the file cannot be read, holds no rows, or its header is unusable
     */
    public static CsvTable read(Path file, CsvOptions options) {
        String text = TableText.read(file).replace("\r\n", "\n").replace('\r', '\n');
        CsvReading reading = new CsvReading(file, options);
        try {
            if (options.separator() == null && Arff.is(text)) {
                reading.attributes(text);
            } else {
                reading.cells(text);
            }
        } catch (IOException e) {
            throw new CsvException("file '" + file + "' cannot be read: " + e.getMessage());
        }
        return reading.table();
    }

    private void attributes(String text) throws IOException {
        Arff arff = Arff.of(text);
        notes.add("read as ARFF");
        columns = arff.columns();
        rows = new Dialect(',', false, true).rows(arff.data(), Long.MAX_VALUE);
    }

    private void cells(String text) throws IOException {
        Lines lines = new Lines(text);
        lines.skip(options.skipLines());
        Character separator = options.separator();
        var said = SEPARATOR_LINE.matcher(lines.first());
        if (separator == null && said.matches()) {
            separator = said.group(1).charAt(0);
            lines.skip(1);
        }
        if (options.comment() != null) {
            lines.leaveOut(options.comment());
        } else {
            int comments = lines.skipWhile(line -> line.startsWith("#") || line.startsWith("%"));
            if (comments > 0) {
                note("skipped %d comment line(s) before the table", comments);
            }
        }
        Dialect dialect = DialectFinder.find(lines.text(), separator);
        rows = dialect.rows(lines.text(), Long.MAX_VALUE);
        if (dialect.separator() != ',') {
            note("cells are separated by %s", dialect.named());
        }
        if (rows.isEmpty()) {
            throw new CsvException("file '" + file + "' is empty");
        }
        int width = DialectFinder.width(rows);
        preamble(width);
        if (options.header()) {
            header(width);
        } else {
            columns = IntStream.range(0, width).mapToObj(i -> "c" + i).toList();
        }
        if (rows.isEmpty()) {
            throw new CsvException("file '" + file + "' has a header and no rows");
        }
    }

    /** Leaves out lines of another shape before the table. */
    private void preamble(int width) {
        int skip = 0;
        while (skip < Math.min(LONGEST_PREAMBLE, rows.size() - 2) && before(skip, width)) {
            skip++;
        }
        if (skip > 0) {
            rows = rows.subList(skip, rows.size());
            note("skipped %d line(s) before the table", skip);
        }
    }

    private boolean before(int row, int width) {
        int cells = rows.get(row).cells().length;
        String[] next = rows.get(row + 1).cells();
        return cells < width - 1
                || options.header()
                        && cells == width - 1
                        && next.length == width
                        && numbers(next) == 0
                        && numbers(rows.get(row + 2).cells()) > 0;
    }

    private static long numbers(String[] cells) {
        return Arrays.stream(cells).filter(NumberStyle::looksNumeric).count();
    }

    private void header(int width) {
        String[] header = rows.get(0).cells();
        rows = rows.subList(1, rows.size());
        if (numbers(header) == header.length) {
            throw new CsvException(
                    "the first line of file '" + file + "' holds numbers only: add --no-header if it names no columns");
        }
        boolean wider = width == header.length + 1;
        if (wider && all(width, cells -> cells[header.length].isEmpty())) {
            narrow(width, 0, header.length);
            note("left out the separator after the last cell of a row");
        } else if (wider && all(width, cells -> !cells[0].isEmpty())) {
            narrow(width, 1, width);
            note("left out the names of the rows: they have a cell more than the header");
        }
        columns = names(header);
        leaveOutNameless(header);
    }

    private boolean all(int width, java.util.function.Predicate<String[]> check) {
        return rows.stream()
                .map(Row::cells)
                .filter(cells -> cells.length == width)
                .allMatch(check);
    }

    private void narrow(int width, int from, int to) {
        rows = rows.stream()
                .map(row -> row.cells().length == width
                        ? new Row(Arrays.copyOfRange(row.cells(), from, to), row.line())
                        : row)
                .toList();
    }

    /** Columns at the end without a name and without a value: separators that a spreadsheet has left. */
    private void leaveOutNameless(String[] header) {
        int keep = header.length;
        while (keep > 1 && header[keep - 1].isEmpty() && empty(keep - 1)) {
            keep--;
        }
        if (keep < header.length) {
            narrow(header.length, 0, keep);
            note("left out %d empty column(s) without a name", header.length - keep);
            columns = columns.subList(0, keep);
        }
    }

    private boolean empty(int column) {
        return rows.stream().map(Row::cells).allMatch(cells -> column >= cells.length || cells[column].isEmpty());
    }

    private List<String> names(String[] header) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : header) {
            String name = name(cell);
            name = name.isEmpty() ? "c" + names.size() : name;
            if (!seen.add(name)) {
                throw new CsvException("file '" + file + "' has two columns named '" + name + "'");
            }
            names.add(name);
        }
        return names;
    }

    /** A column's name as options spell it: the header's cell, with single blanks for line breaks and runs of blanks. */
    public static String name(String cell) {
        return SPACE.matcher(cell.strip()).replaceAll(" ");
    }

    private CsvTable table() {
        if (rows.isEmpty()) {
            throw new CsvException("file '" + file + "' is empty");
        }
        NumberStyle style = NumberStyle.find(
                rows.stream().map(Row::cells).flatMap(Stream::of), options.decimal(), options.thousands());
        style.note().forEach(notes::add);
        return new CsvTable(
                file,
                columns,
                rows.stream().map(Row::cells).toList(),
                rows.stream().map(Row::line).toList(),
                style,
                options.missing().stream().map(String::strip).collect(Collectors.toSet()),
                notes);
    }

    private void note(String format, Object... values) {
        notes.add(String.format(java.util.Locale.ROOT, format, values));
    }
}
