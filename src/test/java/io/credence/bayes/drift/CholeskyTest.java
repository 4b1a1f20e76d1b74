package io.credence.bayes.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.linalg.CounterRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 20})
    void shouldLeaveNoResidualWhenSolved(int n) {
        CounterRandom noise = CounterRandom.of(70, n, 0, 0);
        double[] root = new double[n * n];
        for (int i = 0; i < root.length; i++) {
            root[i] = noise.gaussian();
        }
        double[] a = new double[n * n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            b[i] = noise.gaussian();
            for (int j = 0; j < n; j++) {
                a[i * n + j] = i == j ? 0.5 : 0;
                for (int k = 0; k < n; k++) {
                    a[i * n + j] += root[i * n + k] * root[j * n + k];
                }
            }
        }
        double[] x = b.clone();
        double[] kept = a.clone();
        Cholesky.solve(a, x);
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += a[i * n + j] * x[j];
                assertEquals(kept[i * n + j], a[i * n + j], "the matrix is left as it was");
            }
            assertEquals(b[i], row, 1e-9);
        }
    }
}
