package io.credence.bayes.alert;

import java.util.Arrays;

/** The range in which the values of each numeric column have been of late. */
final class Ranges {
    /*
     * The ends of a range are the third largest and the third smallest value of the last HALF to 2·HALF events, so that
     * single outliers do not widen it, and nothing does for ever. A column that has had two values only is at home with
     * both, and one of whole numbers reaches a step beyond its ends: a flag that is raised for the first time, and the next
     * month, are no surprise by themselves.
     * Once a column is KNOWN, a value FAR beyond its ends is not taken, unless the one before was as far, which is another regime,
     * or such values are as frequent as OFTEN: wrong values come singly, and would soon be what is usual if three of them sufficed.
     */
    private static final int KNOWN = 1000;
    private static final double FAR = 1.5;
    private static final double OFTEN = 0.0125;
    private static final double MEMORY = 2000;

    private static final int HALF = 50_000;
    private static final int HEAD = 2;
    private static final int PER_COLUMN = 6 + 2 * Largest.LENGTH;
    private static final int SECOND = 1;
    private static final int MORE = 2;
    private static final int FRACTIONS = 3;
    private static final int BEFORE = 16;
    private static final int RATE = 17;
    private static final int UPPER = 4;
    private static final int LOWER = UPPER + Largest.LENGTH;
    private static final double OF_A_CONSTANT = 0.1;

    /** The largest score: that of a value that is no number's multiple of the range any more. */
    static final double MOST = 1e9;

    private final double[] stored;
    private final int from;
    private final int[] columns;
    private final double[] center;
    private final double[] reach;

    /**
     * @param stored an array that holds the ranges from {@code from} on
     * @param columns of an event that have a range, rising
     */
    Ranges(double[] stored, int from, int[] columns) {
        this.stored = stored;
        this.from = from;
        this.columns = columns;
        this.center = new double[columns.length];
        this.reach = new double[columns.length];
        refresh();
    }

    static int length(int columns) {
        return HEAD + PER_COLUMN * columns;
    }

    /** What is stored before any event. */
    static void clear(double[] stored, int from, int columns) {
        for (int c = 0; c < columns; c++) {
            int at = from + HEAD + PER_COLUMN * c;
            Arrays.fill(stored, at, at + PER_COLUMN, Double.NaN);
            stored[at + MORE] = 0;
            stored[at + FRACTIONS] = 0;
            stored[at + BEFORE] = 0;
            stored[at + RATE] = 0;
        }
    }

    private int at(int i) {
        return from + HEAD + PER_COLUMN * i;
    }

    /** Takes the values of one event; whether none was too far to be taken. */
    boolean learn(double[] values) {
        boolean moved = false;
        boolean whole = true;
        double before = stored[from] + stored[from + 1];
        for (int i = 0; i < columns.length; i++) {
            double value = values[columns[i]];
            if (Double.isNaN(value)) {
                continue;
            }
            if (before >= KNOWN && isStray(i, value)) {
                whole = false;
            } else {
                moved |= learn(at(i), value);
            }
        }
        if (++stored[from] >= HALF) {
            stored[from + 1] = stored[from];
            stored[from] = 0;
            for (int i = 0; i < columns.length; i++) {
                Largest.rotate(stored, at(i) + UPPER);
                Largest.rotate(stored, at(i) + LOWER);
            }
            moved = true;
        }
        if (moved || Largest.changes(before + 1)) {
            refresh();
        }
        return whole;
    }

    /** Whether a value is far from those of late, and alone. */
    private boolean isStray(int i, double value) {
        int at = at(i);
        double far = score(i, value) > FAR ? 1 : 0;
        boolean alone = stored[at + BEFORE] == 0 && stored[at + RATE] < OFTEN;
        stored[at + BEFORE] = far;
        stored[at + RATE] += (far - stored[at + RATE]) / MEMORY;
        return far == 1 && alone;
    }

    private boolean learn(int at, double value) {
        if (Double.isNaN(stored[at])) {
            stored[at] = value;
        } else if (Double.isNaN(stored[at + SECOND]) && value != stored[at]) {
            stored[at + SECOND] = value;
        } else if (value != stored[at] && value != stored[at + SECOND]) {
            stored[at + MORE] = 1;
        }
        if (value != Math.rint(value)) {
            stored[at + FRACTIONS] = 1;
        }
        return Largest.add(stored, at + UPPER, value) | Largest.add(stored, at + LOWER, -value);
    }

    private void refresh() {
        double count = stored[from] + stored[from + 1];
        for (int i = 0; i < columns.length; i++) {
            double upper = Largest.end(stored, at(i) + UPPER, count);
            double lower = -Largest.end(stored, at(i) + LOWER, count);
            if (lower > upper) {
                // Of a column that is mostly missing the far ends are nearly all that there is.
                upper = Largest.end(stored, at(i) + UPPER, 0);
                lower = -Largest.end(stored, at(i) + LOWER, 0);
            }
            center[i] = (lower + upper) / 2;
            reach[i] = (upper - lower) / 2;
        }
    }

    /** Whether a column has had more than two values: one that has not jumps by nature. */
    boolean varied(int i) {
        return stored[at(i) + MORE] != 0;
    }

    /** How far out the value of a column lies: 1 at the ends of the range, 0 for a value that is missing or usual. */
    double score(int i, double value) {
        int at = at(i);
        boolean known = stored[at + MORE] == 0 && (value == stored[at] || value == stored[at + SECOND]);
        if (known || Double.isNaN(value) || Double.isNaN(center[i])) {
            return 0;
        }
        boolean step = stored[at + FRACTIONS] == 0 && value == Math.rint(value);
        double width = step ? reach[i] + 1 : reach[i] > 0 ? reach[i] : OF_A_CONSTANT * Math.abs(center[i]);
        double away = Math.abs(value - center[i]);
        return away == 0 ? 0 : Math.min(MOST, away / width);
    }

    /** The third largest or the third smallest value of a column of an event; NaN if it has no range. */
    double end(int column, boolean above) {
        int i = Arrays.binarySearch(columns, column);
        if (i < 0) {
            return Double.NaN;
        }
        return above ? Largest.third(stored, at(i) + UPPER) : -Largest.third(stored, at(i) + LOWER);
    }

    int column(int i) {
        return columns[i];
    }

    int count() {
        return columns.length;
    }
}
