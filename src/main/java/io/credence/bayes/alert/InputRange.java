package io.credence.bayes.alert;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What features have been like: the range of each numeric column, the categories that were seen, and how columns go
 * together. It says how far out of that an event lies, and by which columns. Learns in place; one thread.
 */
public final class InputRange {
    /*
     * The score is the largest of: the distance from the middle of a column's range over half of its width; UNSEEN for a
     * category that was never seen; and the distance of several columns together over the largest of late. Up to BLOCK
     * numeric columns are judged together; of more, each BLOCK neighbours, so that the cost grows with the columns alone.
     */
    private static final int BLOCK = 32;
    private static final double UNSEEN = 2;
    private static final double MOST_OF = 0.5;

    private final double[] stored;
    private final Ranges ranges;
    private final Categories categories;
    private final Leverage[] blocks;
    private final boolean[][] varied;
    private final int[] first;

    private InputRange(InputForm form, double[] stored) {
        this.stored = stored;
        int[] numeric = form.numericColumns();
        int at = Ranges.length(numeric.length);
        this.ranges = new Ranges(stored, 0, numeric);
        this.categories = new Categories(stored, at, form.categories());
        at += Categories.length(form.categories());
        this.blocks = new Leverage[blocks(numeric.length)];
        this.varied = new boolean[blocks.length][];
        this.first = new int[blocks.length + 1];
        for (int b = 0; b < blocks.length; b++) {
            first[b + 1] = end(numeric.length, blocks.length, b);
            int[] columns = Arrays.copyOfRange(numeric, first[b], first[b + 1]);
            blocks[b] = new Leverage(stored, at, columns);
            varied[b] = new boolean[columns.length];
            at += Leverage.length(columns.length);
        }
        refresh();
    }

    private static int blocks(int columns) {
        return (columns + BLOCK - 1) / BLOCK;
    }

    private static int end(int columns, int blocks, int block) {
        return (int) ((long) columns * (block + 1) / blocks);
    }

    /** What is known before any event. */
    public static InputRange create(InputForm form) {
        double[] stored = new double[length(form)];
        int numeric = form.numeric().size();
        Ranges.clear(stored, 0, numeric);
        int at = Ranges.length(numeric) + Categories.length(form.categories());
        int blocks = blocks(numeric);
        for (int b = 0, last = 0; b < blocks; b++) {
            Leverage.clear(stored, at);
            int next = end(numeric, blocks, b);
            at += Leverage.length(next - last);
            last = next;
        }
        return new InputRange(form, stored);
    }

    /** What is known by a stored form of that length. */
    public static InputRange of(InputForm form, double[] stored) {
        return new InputRange(form, stored.clone());
    }

    /** The length of the stored form. */
    public static int length(InputForm form) {
        int numeric = form.numeric().size();
        int length = Ranges.length(numeric) + Categories.length(form.categories());
        int blocks = blocks(numeric);
        for (int b = 0, last = 0; b < blocks; b++) {
            int next = end(numeric, blocks, b);
            length += Leverage.length(next - last);
            last = next;
        }
        return length;
    }

    /**
     * The stored form. Events of the newer half and of the older one; then of each numeric column its first two values,
     * whether it had more, whether any was not whole, its three largest values of the newer and of the older half, and
     * the three smallest, negative, whether the last was far, and the share of those that are; then of each feature
     * of categories 1 for each that was seen, and for none of them; then of each block of numeric columns the events, the distances of the newer half and of the older one,
     * the three largest of each, the mean and the lower triangle of the covariance.
     */
    public double[] toArray() {
        return stored.clone();
    }

    /** Makes what was learned the measure of what comes: once before the events of a step. */
    public void refresh() {
        for (int b = 0; b < blocks.length; b++) {
            for (int i = 0; i < varied[b].length; i++) {
                varied[b][i] = ranges.varied(first[b] + i);
            }
            blocks[b].refresh(varied[b]);
        }
    }

    /**
     * How far out of what was seen an event lies: 1 is the edge.
     *
     * @param values of the event before standardisation, NaN where missing
     * @param x the standardised ones
     */
    public double score(double[] values, float[] x) {
        double score = 0;
        for (int i = 0; i < ranges.count(); i++) {
            score = Math.max(score, ranges.score(i, values[ranges.column(i)]));
        }
        for (int f = 0; score < UNSEEN && f < categories.count(); f++) {
            score = categories.unseen(f, values) ? UNSEEN : score;
        }
        for (Leverage block : blocks) {
            score = Math.max(score, block.score(block.distance(values, x)));
        }
        return score;
    }

    /**
     * The columns that put an event beyond a score: those that lie out of their own range, or if there are none those
     * that do not go together with the others.
     */
    public Set<Integer> causes(double[] values, float[] x, double beyond) {
        Set<Integer> causes = new LinkedHashSet<>();
        for (int i = 0; i < ranges.count(); i++) {
            if (ranges.score(i, values[ranges.column(i)]) > beyond) {
                causes.add(ranges.column(i));
            }
        }
        for (int f = 0; UNSEEN > beyond && f < categories.count(); f++) {
            if (categories.unseen(f, values)) {
                causes.add(categories.column(f, values));
            }
        }
        for (int b = 0; causes.isEmpty() && b < blocks.length; b++) {
            Leverage block = blocks[b];
            if (block.score(block.distance(values, x)) > beyond) {
                double[] shares = block.shares();
                double most = Arrays.stream(shares).max().orElse(0);
                for (int i = 0; i < shares.length; i++) {
                    if (shares[i] >= MOST_OF * most) {
                        causes.add(block.column(i));
                    }
                }
            }
        }
        return causes;
    }

    /**
     * Where the values of a column have ended, but for the two farthest: those of an outlier are no land that was seen.
     *
     * @return before standardisation; NaN if the column has no range, or fewer than three values
     */
    public double end(int column, boolean above) {
        return ranges.end(column, above);
    }

    /** Takes an event as seen. */
    public void learn(double[] values, float[] x) {
        if (ranges.learn(values)) {
            for (Leverage block : blocks) {
                block.learn(values, x, block.distance(values, x));
            }
        }
        categories.learn(values);
    }
}
