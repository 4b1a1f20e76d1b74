package io.credence.tool.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of a table are kept apart.
 *
 * @param separator one character; a blank stands for runs of blanks, {@link #WHITE} for runs of blanks and tabs
 * @param backslash whether a quote inside a quoted cell is written {@code \"} rather than {@code ""}
 * @param lenient whether text may follow a closing quote
 */
record Dialect(char separator, boolean backslash, boolean lenient) {
    /** Stands for runs of blanks and tabs. */
    static final char WHITE = '\u0000';

    /** A row of a table: its cells, without blanks around them, and the line on which it ends, from one. */
    record Row(String[] cells, long line) {}

    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t]+");

    /** The separator in words. */
    String named() {
        return switch (separator) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "pipes";
            case ' ' -> "blanks";
            case WHITE -> "white space";
            default -> "'" + separator + "'";
        };
    }

    /**
     * The rows of a text; empty lines are none.
     *
     * @param most rows after which to stop
     * @throws IOException with line and reason, if quotes do not pair
     */
    List<Row> rows(String text, long most) throws IOException {
        boolean blanks = separator == ' ' || separator == WHITE;
        return blanks && text.indexOf('"') < 0 ? split(text, most) : parsed(blanks ? squeezed(text) : text, most);
    }

    private List<Row> split(String text, long most) {
        Pattern runs = separator == ' ' ? BLANKS : WHITE_SPACE;
        List<Row> rows = new ArrayList<>();
        long line = 0;
        for (int from = 0; from < text.length() && rows.size() < most; ) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            line++;
            String row = text.substring(from, end).strip();
            if (!row.isEmpty()) {
                rows.add(new Row(runs.split(row), line));
            }
            from = end + 1;
        }
        return rows;
    }

    /** One blank between cells, none around a line; quoted text as it is. */
    private String squeezed(String text) {
        StringBuilder squeezed = new StringBuilder(text.length());
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            boolean gap = !quoted && (c == ' ' || separator == WHITE && c == '\t');
            int last = squeezed.length() - 1;
            boolean open = last >= 0 && squeezed.charAt(last) != ' ' && squeezed.charAt(last) != '\n';
            if (!gap) {
                if (c == '\n' && !quoted && last >= 0 && squeezed.charAt(last) == ' ') {
                    squeezed.setLength(last);
                }
                squeezed.append(c);
            } else if (open) {
                squeezed.append(' ');
            }
        }
        return squeezed.toString();
    }

    private List<Row> parsed(String text, long most) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text, format())) {
            for (CSVRecord record : parser) {
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    String[] cells = record.values();
                    rows.add(new Row(
                            Arrays.stream(cells).map(String::strip).toArray(String[]::new),
                            parser.getCurrentLineNumber()));
                }
                if (rows.size() >= most) {
                    break;
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw e.getCause() instanceof IOException cause ? cause : new CSVException("%s", e.getMessage());
        }
        return rows;
    }

    private CSVFormat format() {
        @Nullable Character escape = backslash ? (Character) '\\' : null;
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator == WHITE ? ' ' : separator)
                .setEscape(escape)
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(separator != ' ' && separator != WHITE && separator != '\t')
                .setTrailingData(lenient)
                .get();
    }
}
