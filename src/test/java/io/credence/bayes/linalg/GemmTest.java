package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three products against naive double loops, on both sides of the switch to BLAS. */
class GemmTest {
    /* 16·16·16 = 4096 is the last shape of the plain loop, 17·16·16 the first of BLAS. */
    private static final String SHAPES = """
            1, 1, 1
            1, 7, 3
            5, 1, 9
            16, 16, 16
            17, 16, 16
            1, 64, 65
            33, 2, 97
            40, 64, 23
            """;

    private enum Product {
        NN {
            @Override
            void run(int m, int n, int k, float[] a, float[] b, float beta, float[] c) {
                Gemm.nn(m, n, k, a, b, beta, c);
            }

            @Override
            double term(int m, int n, int k, float[] a, float[] b, int i, int j, int p) {
                return (double) a[i * k + p] * b[p * n + j];
            }
        },
        TN {
            @Override
            void run(int m, int n, int k, float[] a, float[] b, float beta, float[] c) {
                Gemm.tn(m, n, k, a, b, beta, c);
            }

            @Override
            double term(int m, int n, int k, float[] a, float[] b, int i, int j, int p) {
                return (double) a[p * m + i] * b[p * n + j];
            }
        },
        NT {
            @Override
            void run(int m, int n, int k, float[] a, float[] b, float beta, float[] c) {
                Gemm.nt(m, n, k, a, b, beta, c);
            }

            @Override
            double term(int m, int n, int k, float[] a, float[] b, int i, int j, int p) {
                return (double) a[i * k + p] * b[j * k + p];
            }
        };

        abstract void run(int m, int n, int k, float[] a, float[] b, float beta, float[] c);

        abstract double term(int m, int n, int k, float[] a, float[] b, int i, int j, int p);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void shouldEqualTheNaiveLoopWhenBetaIsOne(int m, int n, int k) {
        for (Product product : Product.values()) {
            float[] a = noise(m * k, 1);
            float[] b = noise(n * k, 2);
            float[] c = noise(m * n, 3);
            double[] expected = naive(product, m, n, k, a, b, c);
            product.run(m, n, k, a, b, 1, c);
            assertClose(expected, c, k, product);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void shouldIgnoreWhatWasThereWhenBetaIsZero(int m, int n, int k) {
        for (Product product : Product.values()) {
            float[] a = noise(m * k, 4);
            float[] b = noise(n * k, 5);
            float[] c = new float[m * n];
            double[] expected = naive(product, m, n, k, a, b, c);
            Arrays.fill(c, Float.NaN);
            product.run(m, n, k, a, b, 0, c);
            assertClose(expected, c, k, product);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void shouldGiveTheSameBitsWhenRepeated(int m, int n, int k) {
        for (Product product : Product.values()) {
            float[] a = noise(m * k, 6);
            float[] b = noise(n * k, 7);
            float[] first = new float[m * n];
            float[] second = new float[m * n];
            product.run(m, n, k, a, b, 0, first);
            product.run(m, n, k, a, b, 0, second);
            assertArrayEquals(first, second, 0f);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 4", "40, 64, 23"})
    void shouldLeaveTheRestAloneWhenArraysAreLargerThanTheProduct(int m, int n, int k) {
        for (Product product : Product.values()) {
            float[] a = Arrays.copyOf(noise(m * k, 8), m * k + 5);
            float[] b = Arrays.copyOf(noise(n * k, 9), n * k + 5);
            float[] c = new float[m * n + 5];
            Arrays.fill(c, m * n, c.length, 7f);
            product.run(m, n, k, a, b, 0, c);
            for (int i = m * n; i < c.length; i++) {
                assertEquals(7f, c[i], product.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 4", "9, 13", "64, 65"})
    void shouldAddRowsAsTheNaiveLoopDoesWhenSomeFactorsAreZero(int n, int k) {
        for (int zeros = 0; zeros <= 3; zeros++) {
            float[] a = noise(k, 10);
            for (int p = 0; p < k && zeros > 0; p++) {
                a[p] = (p + k) % 4 < zeros ? 0 : a[p];
            }
            float[] b = noise(k * n, 11);
            float[][] rows = new float[k][];
            Arrays.setAll(rows, p -> Arrays.copyOfRange(b, p * n, (p + 1) * n));
            float[] together = noise(n, 12);
            float[] apart = together.clone();
            double[] expected = naive(Product.NN, 1, n, k, a, b, together);
            Gemm.addRows(n, k, a, b, together);
            Gemm.addRows(n, k, a, rows, apart);
            assertClose(expected, together, k, Product.NN);
            assertClose(expected, apart, k, Product.NN);
        }
    }

    private static double[] naive(Product product, int m, int n, int k, float[] a, float[] b, float[] c) {
        double[] expected = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = c[i * n + j];
                for (int p = 0; p < k; p++) {
                    sum += product.term(m, n, k, a, b, i, j, p);
                }
                expected[i * n + j] = sum;
            }
        }
        return expected;
    }

    private static void assertClose(double[] expected, float[] actual, int k, Product product) {
        double tolerance = 1e-6 * (4 + k);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance, product + " element " + i);
        }
    }

    private static float[] noise(int n, long seed) {
        float[] values = new float[n];
        CounterRandom.of(seed, 0, 0, 0).fill(values, n);
        return values;
    }
}
