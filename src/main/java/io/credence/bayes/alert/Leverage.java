package io.credence.bayes.alert;

/**
 * How unusual the values of several columns are together: the distance √(zᵀΣ⁻¹z) of an event from the mean under a running
 * covariance, relative to the largest distances of late. It sees what no range does: two copies that disagree.
 */
final class Leverage {
    /*
     * Σ is the covariance of the last MEMORY events, with its diagonal enlarged by SHRINK of itself, so that there is an
     * inverse; two copies of one feature then differ by a hundredth of what two others do. Values count up to
     * FARTHEST deviations. The distance is compared with the third largest of the last one to two halves, which grow with
     * the stream up to HALF: those of the first events, under a covariance of a few, are soon forgotten. Cost: n²/2 products
     * to judge, n²/2 to learn, and n³/6 for the factor of each version.
     */
    private static final int MEMORY = 10_000;
    private static final double HALF = 10_000;
    private static final double FIRST_HALF = 1000;
    private static final double SHRINK = 1e-4;
    private static final double CONSTANT = 1e-12;
    private static final double FARTHEST = 5;
    private static final int LEAST = 50;
    private static final int FOR_EACH_COLUMN = 10;

    private static final int NEWER = 1;
    private static final int OLDER = 2;
    private static final int LARGEST = 3;
    private static final int HEAD = LARGEST + Largest.LENGTH;

    private final double[] stored;
    private final int from;
    private final int[] columns;
    private final int n;
    private final double[] factor;
    private final double[] inverse;
    private final boolean[] counts;
    private final double[] y;
    private boolean known;

    /**
     * @param stored an array that holds the numbers from {@code from} on
     * @param columns of an event that are judged together
     */
    Leverage(double[] stored, int from, int[] columns) {
        this.stored = stored;
        this.from = from;
        this.columns = columns;
        this.n = columns.length;
        this.factor = new double[n * n];
        this.inverse = new double[n];
        this.counts = new boolean[n];
        this.y = new double[n];
    }

    /** Events, two counts and the largest distances; mean; and the lower triangle of the covariance. */
    static int length(int columns) {
        return HEAD + columns + columns * (columns + 1) / 2;
    }

    /** What is stored before any event. */
    static void clear(double[] stored, int from) {
        for (int i = 0; i < Largest.LENGTH; i++) {
            stored[from + LARGEST + i] = Double.NaN;
        }
    }

    /** Whether enough events were seen for distances to mean anything. */
    private boolean enough() {
        return stored[from] >= LEAST + FOR_EACH_COLUMN * n;
    }

    private int mean() {
        return from + HEAD;
    }

    private int row(int i) {
        return from + HEAD + n + i * (i + 1) / 2;
    }

    /**
     * Makes the covariance as it stands the one by which events are judged.
     *
     * @param varied for each column, whether it counts
     */
    void refresh(boolean[] varied) {
        known = enough();
        if (!known) {
            return;
        }
        for (int i = 0; i < n; i++) {
            counts[i] = varied[i] && stored[row(i) + i] > CONSTANT;
        }
        for (int i = 0; i < n; i++) {
            int at = row(i);
            for (int j = 0; j <= i; j++) {
                double sum = counts[i] && counts[j] ? stored[at + j] : 0;
                if (i == j) {
                    sum = counts[i] ? sum * (1 + SHRINK) : 1;
                }
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * n + k] * factor[j * n + k];
                }
                if (i == j) {
                    double pivot = Math.sqrt(Math.max(sum, CONSTANT * SHRINK));
                    factor[i * n + i] = pivot;
                    inverse[i] = 1 / pivot;
                } else {
                    factor[i * n + j] = sum * inverse[j];
                }
            }
        }
    }

    /**
     * The distance of an event; NaN where a value is missing or too few events were seen.
     *
     * @param values of the event before standardisation, which say what is missing
     * @param x the standardised ones
     */
    double distance(double[] values, float[] x) {
        if (!known) {
            return Double.NaN;
        }
        double square = 0;
        int mean = mean();
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(values[columns[i]])) {
                return Double.NaN;
            }
            double sum = counts[i] ? x[columns[i]] - stored[mean + i] : 0;
            int at = i * n;
            for (int k = 0; k < i; k++) {
                sum -= factor[at + k] * y[k];
            }
            y[i] = sum * inverse[i];
            square += y[i] * y[i];
        }
        return Math.sqrt(square);
    }

    /** A distance relative to the largest of late; 0 where nothing is known of it. */
    double score(double distance) {
        double most = Largest.end(stored, from + LARGEST, stored[from + NEWER] + stored[from + OLDER]);
        return distance > 0 && most > 0 ? Math.min(Ranges.MOST, distance / most) : 0;
    }

    /** Takes an event of that distance. */
    void learn(double[] values, float[] x, double distance) {
        if (!Double.isNaN(distance)) {
            Largest.add(stored, from + LARGEST, distance);
            double half = Math.max(FIRST_HALF, Math.min(HALF, stored[from + NEWER] + stored[from + OLDER]));
            if (++stored[from + NEWER] >= half) {
                Largest.rotate(stored, from + LARGEST);
                stored[from + OLDER] = stored[from + NEWER];
                stored[from + NEWER] = 0;
            }
        }
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(values[columns[i]])) {
                return;
            }
        }
        stored[from] = Math.min(MEMORY, stored[from] + 1);
        double weight = 1 / stored[from];
        int mean = mean();
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(-FARTHEST, Math.min(FARTHEST, x[columns[i]])) - stored[mean + i];
            stored[mean + i] += weight * y[i];
        }
        for (int i = 0; i < n; i++) {
            int at = row(i);
            double pull = weight * y[i];
            for (int j = 0; j <= i; j++) {
                stored[at + j] = (1 - weight) * (stored[at + j] + pull * y[j]);
            }
        }
    }

    /**
     * Of the event that {@link #distance} was last called for: how much of its squared distance would go with each
     * column, (Σ⁻¹z)ᵢ²/(Σ⁻¹)ᵢᵢ.
     */
    double[] shares() {
        double[] solved = back(y);
        double[] shares = new double[n];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            double[] column = new double[n];
            column[i] = 1;
            forward(column, unit);
            double diagonal = 0;
            for (double u : unit) {
                diagonal += u * u;
            }
            shares[i] = solved[i] * solved[i] / diagonal;
        }
        return shares;
    }

    private void forward(double[] right, double[] out) {
        for (int i = 0; i < n; i++) {
            double sum = right[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * n + k] * out[k];
            }
            out[i] = sum * inverse[i];
        }
    }

    private double[] back(double[] right) {
        double[] out = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = right[i];
            for (int k = i + 1; k < n; k++) {
                sum -= factor[k * n + i] * out[k];
            }
            out[i] = sum * inverse[i];
        }
        return out;
    }

    int column(int i) {
        return columns[i];
    }
}
