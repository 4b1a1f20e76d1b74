package io.credence.bayes.alert;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For how many events each numeric column, and the label, has had one and the same value, compared with the longest such runs of late: a
 * sensor that is stuck. Learns in place; one thread.
 */
public final class Repeats {
    /*
     * A run counts as frozen from TIMES the longest that is no outlier, by MORE values at least, for as long again: what stays
     * for ever is no news. The longest is the third of the last runs (Largest), so that a few frozen stretches do not become usual. A column
     * that repeats by nature is compared with itself; one that has had but few runs is not judged. The label is a column as well.
     * Where runs end at a constant rate λ, P(run > r) = e^(−λr), and of n runs the third longest is near ln(n/3)/λ: alarms are f
     * times as frequent from −ln(f)/λ farther on.
     */
    private static final int HALF = 20_000;
    private static final int FEW = 1000;
    private static final double TIMES = 1.6;
    private static final double MORE = 3;
    private static final double THIRD = 3;
    private static final int LAST = 0;
    private static final int RUN = 1;
    private static final int NEWER = 2;
    private static final int OLDER = 3;
    private static final int LARGEST = 4;
    private static final int PER_COLUMN = LARGEST + Largest.LENGTH;

    private final int[] columns;
    private final double[] stored;
    private double factor = 1;

    private Repeats(int[] columns, double[] stored) {
        this.columns = columns;
        this.stored = stored;
    }

    /** Nothing seen yet. */
    public static Repeats create(InputForm form) {
        double[] stored = new double[length(form)];
        for (int at = 0; at < stored.length; at += PER_COLUMN) {
            stored[at + LAST] = Double.NaN;
            Arrays.fill(stored, at + LARGEST, at + PER_COLUMN, Double.NaN);
        }
        return new Repeats(form.numericColumns(), stored);
    }

    /** The runs of a stored form. */
    public static Repeats of(InputForm form, double[] stored, int from) {
        return new Repeats(form.numericColumns(), Arrays.copyOfRange(stored, from, from + length(form)));
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(InputForm form, double[] stored, int from) {
        for (int at = from; at < from + length(form); at += PER_COLUMN) {
            String what = "the runs of column " + (at - from) / PER_COLUMN;
            String wrong = Sound.first(
                    Sound.unknownOr(what + ": the last value", stored[at + LAST], -Double.MAX_VALUE, Double.MAX_VALUE),
                    Sound.count(what + ": the last run", stored[at + RUN]),
                    Sound.count(what + ": runs of the newer half", stored[at + NEWER]),
                    Sound.within(what + ": runs of the newer half", stored[at + NEWER], 0, HALF - 1),
                    Sound.count(what + ": runs of the older half", stored[at + OLDER]),
                    Sound.within(what + ": runs of the older half", stored[at + OLDER], 0, HALF),
                    Largest.fault(what + ": the longest", stored, at + LARGEST));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    /** The length of the stored form. */
    public static int length(InputForm form) {
        return PER_COLUMN * (form.numeric().size() + 1);
    }

    /** Writes the stored form: of each column and of the label its last value, the run of it, runs of the newer and the older half, and the longest of each. */
    public void store(double[] out, int from) {
        System.arraycopy(stored, 0, out, from, stored.length);
    }

    /**
     * Takes an event; a missing value neither ends a run nor lengthens it.
     *
     * @param label NaN for one that is no number
     */
    public void learn(double[] values, double label) {
        for (int i = 0; i < columns.length; i++) {
            learn(PER_COLUMN * i, values[columns[i]]);
        }
        learn(PER_COLUMN * columns.length, label);
    }

    private void learn(int at, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        if (value == stored[at + LAST]) {
            stored[at + RUN]++;
            return;
        }
        if (!Double.isNaN(stored[at + LAST])) {
            Largest.add(stored, at + LARGEST, stored[at + RUN]);
            if (++stored[at + NEWER] >= HALF) {
                stored[at + OLDER] = stored[at + NEWER];
                stored[at + NEWER] = 0;
                Largest.rotate(stored, at + LARGEST);
            }
        }
        stored[at + LAST] = value;
        stored[at + RUN] = 1;
    }

    /** Asks for so many times as many alarms as there are by themselves, from now on. */
    public void ask(double times) {
        factor = times;
    }

    /** The columns that are frozen. */
    public Set<Integer> frozen() {
        Set<Integer> frozen = new LinkedHashSet<>();
        for (int i = 0; i < columns.length; i++) {
            if (isFrozen(PER_COLUMN * i)) {
                frozen.add(columns[i]);
            }
        }
        return frozen;
    }

    /** Whether the label is. */
    public boolean labelFrozen() {
        return isFrozen(PER_COLUMN * columns.length);
    }

    private boolean isFrozen(int at) {
        // No run is shorter than 1: most columns need no look at the longest.
        if (stored[at + RUN] < 1 + MORE || stored[at + NEWER] + stored[at + OLDER] < FEW) {
            return false;
        }
        double longest = Largest.third(stored, at + LARGEST);
        double runs = stored[at + NEWER] + stored[at + OLDER];
        double usual = Math.max(TIMES * longest, longest + MORE);
        double beyond = factor == 1
                ? usual
                : Math.max(longest + 1, usual - Math.log(factor) * longest / Math.log(runs / THIRD));
        return stored[at + RUN] >= beyond && stored[at + RUN] < 2 * beyond;
    }
}
