package io.credence.bayes.baseline;

import java.util.Arrays;

/**
 * Linear least squares with exponential forgetting: after n rows the coefficients minimise
 * Σᵢ λⁿ⁻ⁱ (yᵢ − wᵀhᵢ)² + λⁿ δ |w|², for each target of its own.
 *
 * <p>Deterministic. One thread. Cost O(terms²) for each row.
 */
final class RecursiveLeastSquares {
    /*
     * Square-root information form (Haykin 2002, ch. 14): RᵀR = Σ λⁿ⁻ⁱ hᵢhᵢᵀ + λⁿδ·I with R upper triangular, one Givens
     * rotation for each term of a new row. The usual recursion of the covariance P grows as λ⁻ⁿ in directions that no
     * row excites, such as the difference of two collinear columns, and is worthless there after some 30,000 rows.
     * A term whose pivot is lost in the rounding of its own column gets the coefficient 0.
     */
    private static final double LOST = 1e-9;

    private final int terms;
    private final int targets;
    private final double rootLambda;
    private final double[][] r;
    private final double[][] z;
    private final double[][] w;
    private boolean solved = true;

    /**
     * Coefficients of zero.
     *
     * @param terms length of h
     * @param targets length of y
     * @param lambda λ, in 0 … 1: what a row's weight is multiplied by with each row that follows
     * @param delta δ, above 0: weight of the pull towards 0 at the beginning
     */
    public RecursiveLeastSquares(int terms, int targets, double lambda, double delta) {
        this.terms = terms;
        this.targets = targets;
        this.rootLambda = Math.sqrt(lambda);
        this.r = new double[terms][terms];
        this.z = new double[terms][targets];
        this.w = new double[targets][terms];
        for (int i = 0; i < terms; i++) {
            r[i][i] = Math.sqrt(delta);
        }
    }

    /** The forecast of one target for a row. */
    public double predict(double[] h, int target) {
        solve();
        double sum = 0;
        for (int i = 0; i < terms; i++) {
            sum += w[target][i] * h[i];
        }
        return sum;
    }

    /** Takes a row and what became of its targets. Neither array is kept. */
    public void learn(double[] h, double[] y) {
        double[] row = h.clone();
        double[] rest = y.clone();
        for (int i = 0; i < terms; i++) {
            scale(r[i], i);
            scale(z[i], 0);
        }
        for (int i = 0; i < terms; i++) {
            if (row[i] != 0) {
                double length = Math.hypot(r[i][i], row[i]);
                double cos = r[i][i] / length;
                double sin = row[i] / length;
                rotate(r[i], row, i, cos, sin);
                rotate(z[i], rest, 0, cos, sin);
            }
        }
        solved = false;
    }

    private void scale(double[] of, int from) {
        for (int j = from; j < of.length; j++) {
            of[j] *= rootLambda;
        }
    }

    private static void rotate(double[] a, double[] b, int from, double cos, double sin) {
        for (int j = from; j < a.length; j++) {
            double kept = a[j];
            a[j] = cos * kept + sin * b[j];
            b[j] = cos * b[j] - sin * kept;
        }
    }

    private void solve() {
        if (solved) {
            return;
        }
        double[] column = new double[terms];
        for (double[] row : r) {
            for (int j = 0; j < terms; j++) {
                column[j] += row[j] * row[j];
            }
        }
        for (int k = 0; k < targets; k++) {
            Arrays.fill(w[k], 0);
            for (int i = terms - 1; i >= 0; i--) {
                if (Math.abs(r[i][i]) > LOST * Math.sqrt(column[i])) {
                    double sum = z[i][k];
                    for (int j = i + 1; j < terms; j++) {
                        sum -= r[i][j] * w[k][j];
                    }
                    w[k][i] = sum / r[i][i];
                }
            }
        }
        solved = true;
    }
}
