package io.credence.tool.csv;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How numbers are spelled in a table.
 *
 * @param decimal the decimal mark
 * @param thousands what stands between groups of three digits, or null
 */
record NumberStyle(char decimal, @Nullable Character thousands) {
    /*
     * A comma is a decimal mark where some cell can mean nothing else (1,5 or 1.234,5) and none says the same of the
     * point. It stands between thousands where some cell can mean nothing else (1,234,567 or 1,234.5). Where all cells
     * have exactly three digits after one comma, both are possible: such a cell is no number until the user says which.
     */
    static final NumberStyle PLAIN = new NumberStyle('.', null);

    private static final int GROUP = 3;
    private static final String SIGN = "[+\\-−]?";
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOSE =
            Pattern.compile(SIGN + "\\s*[\\d.,'’ \\u00a0\\u2009\\u202f]*\\d[.,]?(?:[eE][+\\-]?\\d+)?\\s*%?");
    private static final Pattern UNIT = Pattern.compile("^(" + SIGN + ")\\s*[$€£¥₹]\\s*|\\s*[$€£¥₹%]$");
    private static final Pattern GAPS = Pattern.compile("(?<=\\d)[ '’\\u00a0\\u2009\\u202f](?=\\d{3}(?:\\D|$))");

    private static final Pattern ONLY_DECIMAL_COMMA = Pattern.compile(SIGN
            + "(?:\\d*,(?:\\d{1,2}|\\d{4,})|\\d{4,},\\d+|0\\d*,\\d+|\\d{1,3}(?:\\.\\d{3})+,\\d+)(?:[eE][+\\-]?\\d+)?");
    private static final Pattern ONLY_DECIMAL_POINT = Pattern.compile(
            SIGN
                    + "(?:\\d*\\.(?:\\d{1,2}|\\d{4,})|\\d{4,}\\.\\d+|0\\d*\\.\\d+|\\d{1,3}(?:,\\d{3})+\\.\\d+)(?:[eE][+\\-]?\\d+)?");
    private static final Pattern GROUPS_COMMA = Pattern.compile(SIGN + "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
    private static final Pattern GROUPS_POINT = Pattern.compile(SIGN + "\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?");
    private static final Pattern SEVERAL = Pattern.compile(SIGN + "\\d{1,3}([.,])\\d{3}\\1\\d{3}.*");

    /** The style that the cells of a table agree on; what the user said wins. */
    static NumberStyle find(Stream<String> cells, @Nullable Character decimal, @Nullable Character thousands) {
        Evidence seen = new Evidence();
        cells.filter(cell -> cell.indexOf(',') >= 0 || cell.indexOf('.') >= 0).forEach(cell -> seen.add(bare(cell)));
        char mark = decimal != null ? decimal : seen.decimalComma > seen.decimalPoint ? ',' : '.';
        Character groups = thousands;
        if (groups == null && mark == '.' && seen.groupsComma > 0) {
            groups = seen.decimalPoint > 0 || seen.several > 0 || decimal != null ? (Character) ',' : null;
        }
        if (groups == null && mark == ',' && seen.groupsPoint > 0) {
            groups = '.';
        }
        return new NumberStyle(mark, groups);
    }

    /** How many cells speak for what. */
    private static final class Evidence {
        private int decimalComma;
        private int decimalPoint;
        private int groupsComma;
        private int groupsPoint;
        private int several;

        void add(String cell) {
            int point = cell.indexOf('.');
            int after = cell.length() - point - 1;
            if (point > 0
                    && after > 0
                    && after != GROUP
                    && digits(cell, 0, point)
                    && digits(cell, point + 1, cell.length())) {
                decimalPoint++;
                return;
            }
            decimalComma += ONLY_DECIMAL_COMMA.matcher(cell).matches() ? 1 : 0;
            decimalPoint += ONLY_DECIMAL_POINT.matcher(cell).matches() ? 1 : 0;
            groupsComma += GROUPS_COMMA.matcher(cell).matches() ? 1 : 0;
            groupsPoint += GROUPS_POINT.matcher(cell).matches() ? 1 : 0;
            several += SEVERAL.matcher(cell).matches() ? 1 : 0;
        }
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What is unusual about the style, for the user. */
    List<String> note() {
        if (decimal == '.' && thousands == null) {
            return List.of();
        }
        return List.of("numbers are read with a decimal " + (decimal == ',' ? "comma" : "point")
                + (thousands == null ? "" : " and '" + thousands + "' between thousands"));
    }

    /** Whether a text may be meant as a number, in whatever style. */
    static boolean looksNumeric(String text) {
        return LOOSE.matcher(text).matches();
    }

    /** The number that a text spells, possibly infinite, or null. A unit of money and a per cent sign are left out. */
    @Nullable
    Double number(String text) {
        if (NUMBER.matcher(text).matches() && decimal == '.') {
            return Double.valueOf(text);
        }
        if (INFINITE.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (text.isEmpty() || text.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        String plain = GAPS.matcher(bare(text)).replaceAll("");
        if (thousands != null) {
            plain = grouped(plain, thousands) ? plain.replace(thousands.toString(), "") : plain;
        }
        if (decimal == ',') {
            plain = plain.indexOf('.') >= 0 ? "" : plain.replace(',', '.');
        }
        return NUMBER.matcher(plain).matches() ? Double.valueOf(plain) : null;
    }

    private boolean grouped(String text, char mark) {
        String quoted = Pattern.quote(String.valueOf(mark));
        String whole = text.split(Pattern.quote(String.valueOf(decimal)), 2)[0];
        return whole.matches("[+-]?\\d{1,3}(?:" + quoted + "\\d{3})*");
    }

    private static String bare(String text) {
        return UNIT.matcher(text).replaceAll("$1").replace('−', '-').strip();
    }
}
