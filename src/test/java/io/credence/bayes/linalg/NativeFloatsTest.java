package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products on native memory against naive double loops; what was in the result before does not matter. */
class NativeFloatsTest {
    private static final float BEFORE = 7;

    private interface Term {
        double of(int i, int j, int p);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 2, 5", "17, 9, 33", "64, 65, 23"})
    void shouldEqualTheNaiveLoopWhenMatricesAreMultiplied(int m, int n, int k) {
        float[] a = noise(m * k, 1);
        float[] b = noise(n * k, 2);
        NativeFloats c = filled(m * n);

        NativeFloats.nn(m, n, k, at(0, a), at(0, b), c);
        assertProduct(m, n, k, c, (i, j, p) -> (double) a[i * k + p] * b[p * n + j]);

        NativeFloats.nt(m, n, k, at(0, a), at(0, b), c);
        assertProduct(m, n, k, c, (i, j, p) -> (double) a[i * k + p] * b[j * k + p]);

        NativeFloats.tn(m, n, k, at(3, a), 3, at(5, b), 5, c);
        assertProduct(m, n, k, c, (i, j, p) -> (double) a[p * m + i] * b[p * n + j]);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "17, 33"})
    void shouldEqualTheNaiveLoopWhenAVectorTakesPart(int m, int n) {
        float[] a = noise(m * n, 3);
        float[] x = noise(n, 4);
        float[] y = noise(m, 5);
        NativeFloats result = filled(m * n);

        NativeFloats.nv(m, n, at(0, a), at(0, x), result);
        assertProduct(m, 1, n, result, (i, j, p) -> (double) a[i * n + p] * x[p]);

        NativeFloats.tv(m, n, at(0, a), at(0, y), result);
        assertProduct(n, 1, m, result, (i, j, p) -> (double) a[p * n + i] * y[p]);

        NativeFloats.outer(m, n, at(0, y), at(0, x), result);
        assertProduct(m, n, 1, result, (i, j, p) -> (double) y[i] * x[j]);
    }

    @Test
    void shouldCopyFromAndToTheNamedPlacesOnly() {
        NativeFloats there = filled(4);
        there.put(1, new float[] {1, 2, 9}, 2);
        float[] back = new float[6];
        there.get(back, 1, 4);
        assertArrayEquals(new float[] {0, BEFORE, 1, 2, BEFORE, 0}, back, 0f);
        there.take(new float[] {8, 3, 4}, 1, 2);
        there.get(back, 3);
        assertArrayEquals(new float[] {3, 4, 2, 2, BEFORE, 0}, back, 0f);
        assertEquals(4, there.size());
    }

    private static void assertProduct(int m, int n, int k, NativeFloats actual, Term term) {
        float[] c = new float[m * n];
        actual.get(c, m * n);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double expected = 0;
                for (int p = 0; p < k; p++) {
                    expected += term.of(i, j, p);
                }
                assertEquals(expected, c[i * n + j], 1e-6 * (4 + k), "row " + i + ", column " + j);
            }
        }
    }

    private static NativeFloats at(int place, float[] values) {
        NativeFloats there = new NativeFloats(place + values.length);
        there.put(place, values, values.length);
        return there;
    }

    private static NativeFloats filled(int size) {
        float[] values = new float[size];
        Arrays.fill(values, BEFORE);
        return at(0, values);
    }

    private static float[] noise(int n, long seed) {
        float[] values = new float[n];
        CounterRandom.of(seed, 0, 0, 0).fill(values, n);
        return values;
    }
}
