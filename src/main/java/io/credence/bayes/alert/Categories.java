package io.credence.bayes.alert;

import java.util.List;

/** Which categories of each feature have been seen: a number for each, 1 if it was, and one more for none of them. */
final class Categories {
    private final double[] stored;
    private final int[][] columns;
    private final int[] from;

    Categories(double[] stored, int from, List<List<Integer>> features) {
        this.stored = stored;
        this.columns = new int[features.size()][];
        this.from = new int[columns.length];
        int at = from;
        for (int f = 0; f < columns.length; f++) {
            columns[f] = features.get(f).stream().mapToInt(c -> c).toArray();
            this.from[f] = at;
            at += columns[f].length + 1;
        }
    }

    static int length(List<List<Integer>> features) {
        return features.stream().mapToInt(f -> f.size() + 1).sum();
    }

    int count() {
        return columns.length;
    }

    /** A column of the feature: that of the event's category, or the first where it has none. */
    int column(int feature, double[] values) {
        int hot = hot(feature, values);
        return columns[feature][hot < 0 || hot == columns[feature].length ? 0 : hot];
    }

    void learn(double[] values) {
        for (int f = 0; f < columns.length; f++) {
            int hot = hot(f, values);
            if (hot >= 0) {
                stored[from[f] + hot] = 1;
            }
        }
    }

    /** Whether the category of an event was never seen; false where it is missing. */
    boolean unseen(int feature, double[] values) {
        int hot = hot(feature, values);
        return hot >= 0 && stored[from[feature] + hot] == 0;
    }

    /** The place of the event's category; one more than there are for none of them; −1 where it is missing. */
    private int hot(int feature, double[] values) {
        int[] of = columns[feature];
        for (int i = 0; i < of.length; i++) {
            double value = values[of[i]];
            if (value != 0) {
                return Double.isNaN(value) ? -1 : i;
            }
        }
        return of.length;
    }
}
