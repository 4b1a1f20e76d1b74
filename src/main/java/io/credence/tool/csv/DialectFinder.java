package io.credence.tool.csv;

import io.credence.tool.csv.Dialect.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the dialect in which the rows of a text agree on their number of cells. */
final class DialectFinder {
    /*
     * The score of a dialect is the share of the first rows that have the commonest number of cells, at least two,
     * less half the share of rows with a cell in which another separator stands. The first line may have one cell less:
     * R names its rows, and some programs end each row but the first with a separator. Of equals the first wins.
     */
    private static final char[] SEPARATORS = {',', ';', '\t', '|', ' ', Dialect.WHITE};
    private static final int HEAD = 1000;
    private static final Pattern DECIMAL = Pattern.compile("[+\\-−]?\\d*,\\d+");
    private static final Pattern TWO_NUMBERS = Pattern.compile("[+\\-−]?[\\d.,]*\\d\\s+[+\\-−]?[\\d.]+.*");

    private @Nullable Dialect best;
    private double bestScore;
    private @Nullable IOException fault;

    private DialectFinder() {}

    /**
     * The dialect of a text.
     *
     * @param separator what the user said, or null
     * @throws IOException with line and reason, if quotes do not pair in any dialect
     */
    static Dialect find(String text, @Nullable Character separator) throws IOException {
        return new DialectFinder().search(text, separator);
    }

    private Dialect search(String text, @Nullable Character said) throws IOException {
        char[] separators = said == null ? SEPARATORS : new char[] {said};
        for (char separator : separators) {
            weigh(new Dialect(separator, false, false), text);
        }
        if (text.indexOf('"') >= 0 && bestScore < 1) {
            for (char separator : separators) {
                weigh(new Dialect(separator, true, false), text);
                weigh(new Dialect(separator, false, true), text);
            }
        }
        if (best != null) {
            return best;
        }
        if (fault != null) {
            throw fault;
        }
        return new Dialect(separators[0], false, false);
    }

    private void weigh(Dialect dialect, String text) {
        try {
            double score = score(dialect.separator(), dialect.rows(text, HEAD));
            if (score > bestScore) {
                bestScore = score;
                best = dialect;
            }
        } catch (IOException e) {
            fault = fault == null ? e : fault;
        }
    }

    private static double score(char separator, List<Row> rows) {
        int width = width(rows);
        if (width < 2) {
            return 0;
        }
        double agree = 0;
        double doubtful = 0;
        for (int i = 0; i < rows.size(); i++) {
            int cells = rows.get(i).cells().length;
            agree += cells == width || i == 0 && cells == width - 1 ? 1 : 0;
            doubtful += doubtful(separator, rows.get(i).cells()) ? 1 : 0;
        }
        return (agree - 0.5 * doubtful) / rows.size();
    }

    private static boolean doubtful(char separator, String[] cells) {
        boolean blanks = separator == ' ' || separator == Dialect.WHITE;
        for (String cell : cells) {
            for (char other : new char[] {';', '\t', '|'}) {
                if (other != separator && cell.indexOf(other) >= 0) {
                    return true;
                }
            }
            if (blanks && cell.indexOf(',') >= 0 && !DECIMAL.matcher(cell).matches()) {
                return true;
            }
            if (!blanks && TWO_NUMBERS.matcher(cell).matches()) {
                return true;
            }
        }
        return false;
    }

    /** The commonest number of cells in the first rows; of equals the larger. */
    static int width(List<Row> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.stream().limit(HEAD).forEach(row -> counts.merge(row.cells().length, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }
}
