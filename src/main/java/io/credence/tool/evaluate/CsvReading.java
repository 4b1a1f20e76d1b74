package io.credence.tool.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a table of text: UTF-8, cells separated by commas (or semicolons) with optional quotes, or by white space.
 *
 * <p>The first line decides: a comma in it means commas, else a semicolon semicolons, else white space.
 */
public final class CsvReading {
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<String[]> rows = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();

    private CsvReading() {}

    /**
     * Reads a whole file. Empty lines are skipped and not counted as rows.
     *
     * @param header whether the first line names the columns; otherwise they are c0, c1, …
     * @throws CsvException if the file cannot be read, holds no rows, or its header is unusable
     */
    public static CsvTable read(Path file, boolean header) {
        try {
            return new CsvReading().table(file, header);
        } catch (NoSuchFileException e) {
            throw new CsvException("file '" + file + "' does not exist");
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause() == null ? e : e.getCause());
        }
    }

    private static CsvException unreadable(Path file, Throwable fault) {
        return new CsvException(
                fault instanceof MalformedInputException
                        ? "file '" + file + "' is not UTF-8 text"
                        : "file '" + file + "' cannot be read: " + fault.getMessage());
    }

    private CsvTable table(Path file, boolean header) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CsvException("file '" + file + "' is a directory");
        }
        String first = firstLine(file);
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (first.indexOf(',') >= 0 || first.indexOf(';') >= 0) {
                readSeparated(reader, first.indexOf(',') >= 0 ? ',' : ';');
            } else {
                readBlankSeparated(reader);
            }
        }
        if (rows.isEmpty()) {
            throw new CsvException("file '" + file + "' is empty");
        }
        List<String> columns = header ? names(file, rows.remove(0)) : numbered(rows.get(0).length);
        if (header) {
            lines.remove(0);
        }
        if (rows.isEmpty()) {
            throw new CsvException("file '" + file + "' has a header and no rows");
        }
        return new CsvTable(file, columns, rows, lines);
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return reader.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        }
    }

    private void readSeparated(Reader reader, char separator) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (CSVParser parser = CSVParser.parse(reader, format)) {
            for (CSVRecord cells : parser) {
                if (cells.size() > 1 || !cells.get(0).isBlank()) {
                    rows.add(cells.values());
                    lines.add(parser.getCurrentLineNumber());
                }
            }
        }
    }

    private void readBlankSeparated(BufferedReader reader) throws IOException {
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                rows.add(BLANK.split(line.strip()));
                lines.add(number);
            }
        }
    }

    private static List<String> numbered(int width) {
        return IntStream.range(0, width).mapToObj(i -> "c" + i).toList();
    }

    private static List<String> names(Path file, String[] header) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        if (Arrays.stream(header).allMatch(cell -> Cells.number(cell) != null)) {
            throw new CsvException(
                    "the first line of file '" + file + "' holds numbers only: add --no-header if it names no columns");
        }
        for (String cell : header) {
            String name = cell.isEmpty() || cell.charAt(0) != BYTE_ORDER_MARK ? cell : cell.substring(1);
            String usable = ColumnNames.usable(name, names.size());
            if (!seen.add(usable)) {
                throw new CsvException("file '" + file + "' has two columns named '" + usable + "'");
            }
            names.add(usable);
        }
        return names;
    }
}
