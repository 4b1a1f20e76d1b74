package io.credence.bayes.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecursiveLeastSquaresTest {
    private static final double LAMBDA = 0.97;
    private static final double DELTA = 0.5;

    @Test
    void shouldEqualTheNormalEquationsWhenRowsAreForgotten() {
        Random random = new Random(1);
        RecursiveLeastSquares squares = new RecursiveLeastSquares(3, 2, LAMBDA, DELTA);
        List<double[]> rows = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            double[] h = {1, random.nextGaussian(), n % 5 == 0 ? 0 : 100 * random.nextGaussian()};
            double[] y = {h[1] + random.nextGaussian(), 3 - h[2]};
            rows.add(h);
            targets.add(y);
            squares.learn(h, y);
            double[] probe = {1, -2, 0.5};
            for (int k = 0; k < 2; k++) {
                double expected = dot(directly(rows, targets, k), probe);
                assertEquals(expected, squares.predict(probe, k), 1e-9 * (1 + Math.abs(expected)));
            }
        }
    }

    @Test
    void shouldPredictZeroWhenNothingWasLearned() {
        assertEquals(0, new RecursiveLeastSquares(2, 1, LAMBDA, DELTA).predict(new double[] {1, 5}, 0));
    }

    @Test
    void shouldStayExactWhenColumnsAreCollinearForALongTime() {
        Random random = new Random(2);
        RecursiveLeastSquares squares = new RecursiveLeastSquares(4, 1, 0.999, 1);
        double worst = 0;
        for (int n = 0; n < 200_000; n++) {
            double a = random.nextGaussian();
            double[] h = {a, -2 * a, 1, 0};
            double y = 3 * a + 7;
            if (n > 10_000) {
                worst = Math.max(worst, Math.abs(squares.predict(h, 0) - y));
            }
            squares.learn(h, new double[] {y});
        }
        assertTrue(worst < 1e-3, "worst error " + worst);
    }

    /** (Σ λⁿ⁻ⁱ hhᵀ + λⁿδ·I) w = Σ λⁿ⁻ⁱ hy, by Cramer's rule. */
    private static double[] directly(List<double[]> rows, List<double[]> targets, int k) {
        double[][] a = new double[3][3];
        double[] b = new double[3];
        int n = rows.size();
        for (int i = 0; i < 3; i++) {
            a[i][i] = Math.pow(LAMBDA, n) * DELTA;
            for (int t = 0; t < n; t++) {
                double weight = Math.pow(LAMBDA, n - 1 - t);
                b[i] += weight * rows.get(t)[i] * targets.get(t)[k];
                for (int j = 0; j < 3; j++) {
                    a[i][j] += weight * rows.get(t)[i] * rows.get(t)[j];
                }
            }
        }
        double[] w = new double[3];
        for (int i = 0; i < 3; i++) {
            double[][] replaced = {a[0].clone(), a[1].clone(), a[2].clone()};
            for (int j = 0; j < 3; j++) {
                replaced[j][i] = b[j];
            }
            w[i] = determinant(replaced) / determinant(a);
        }
        return w;
    }

    private static double determinant(double[][] a) {
        return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1])
                - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0])
                + a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
