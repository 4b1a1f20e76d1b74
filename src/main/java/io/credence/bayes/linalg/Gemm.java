package io.credence.bayes.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Single-precision products of small row-major matrices: C ← α·op(A)·op(B) + β·C.
 *
 * <p>Deterministic for a given shape, processor family and BLAS build: one BLAS thread, no dependence on load.
 */
public final class Gemm {
    /*
     * The BLAS that ND4J bundles costs about a microsecond of call, Nd4j.gemm ten to twenty of dispatch; below about
     * four thousand multiply-adds a plain loop, which the JIT vectorises, is quicker than either.
     */
    private static final int LOOP_LIMIT = 4096;

    static {
        Blas.load();
    }

    private Gemm() {}

    /** C[m×n] ← A[m×k]·B[k×n] + β·C. */
    public static void nn(int m, int n, int k, float[] a, float[] b, float beta, float[] c) {
        if (n > 1 && k > 1 && (long) m * n * k > LOOP_LIMIT) {
            openblas_nolapack.cblas_sgemm(
                    CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1f, a, k, b, n, beta, c, n);
            return;
        }
        scale(m * n, beta, c);
        if (n == 1) {
            for (int i = 0; i < m; i++) {
                c[i] += dot(k, a, i * k, b);
            }
            return;
        }
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                axpy(n, a[i * k + p], b, p * n, c, i * n);
            }
        }
    }

    /** C[m×n] ← Aᵀ·B + β·C with A[k×m] and B[k×n]: a weight gradient summed over k events. */
    public static void tn(int m, int n, int k, float[] a, float[] b, float beta, float[] c) {
        if ((long) m * n * k > LOOP_LIMIT) {
            openblas_nolapack.cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1f, a, m, b, n, beta, c, n);
            return;
        }
        scale(m * n, beta, c);
        for (int p = 0; n == 1 && p < k; p++) {
            axpy(m, b[p], a, p * m, c, 0);
        }
        for (int p = 0; n > 1 && p < k; p++) {
            for (int i = 0; i < m; i++) {
                axpy(n, a[p * m + i], b, p * n, c, i * n);
            }
        }
    }

    /** C[m×n] ← A[m×k]·Bᵀ + β·C with B[n×k]: a gradient passed back through a layer. */
    public static void nt(int m, int n, int k, float[] a, float[] b, float beta, float[] c) {
        if ((long) m * n * k > LOOP_LIMIT) {
            openblas_nolapack.cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1f, a, k, b, k, beta, c, n);
            return;
        }
        if (k == 1) {
            nn(m, n, 1, a, b, beta, c);
            return;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float dot = 0;
                for (int p = 0; p < k; p++) {
                    dot += a[i * k + p] * b[j * k + p];
                }
                c[i * n + j] = (beta == 0 ? 0 : beta * c[i * n + j]) + dot;
            }
        }
    }

    /** y[n] ← y + a·B with a[k] and B[k×n]: rows of B whose factor is zero cost nothing. */
    public static void addRows(int n, int k, float[] a, float[] b, float[] y) {
        int p = next(0, k, a);
        while (p < k) {
            int q = next(p + 1, k, a);
            int r = next(q + 1, k, a);
            int t = next(r + 1, k, a);
            if (t < k) {
                axpy(n, a[p], a[q], a[r], a[t], b, p * n, q * n, r * n, t * n, y);
                p = next(t + 1, k, a);
            } else {
                axpy(n, a[p], b, p * n, y, 0);
                p = q;
            }
        }
    }

    /** The same with each row of B in an array of its own: for a single event the JIT makes most of that. */
    public static void addRows(int n, int k, float[] a, float[][] b, float[] y) {
        int p = next(0, k, a);
        while (p < k) {
            int q = next(p + 1, k, a);
            int r = next(q + 1, k, a);
            int t = next(r + 1, k, a);
            if (t < k) {
                add(n, a[p], b[p], a[q], b[q], a[r], b[r], a[t], b[t], y);
                p = next(t + 1, k, a);
            } else {
                axpy(n, a[p], b[p], 0, y, 0);
                p = q;
            }
        }
    }

    private static void add(
            int n, float a, float[] p, float b, float[] q, float c, float[] r, float d, float[] t, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] += a * p[i] + b * q[i] + c * r[i] + d * t[i];
        }
    }

    /** The next place whose number is not zero, from {@code i} on. */
    private static int next(int i, int k, float[] a) {
        int at = i;
        while (at < k && a[at] == 0) {
            at++;
        }
        return at;
    }

    /** Four rows at once: y is read and written a quarter as often. */
    private static void axpy(
            int n, float a, float b, float c, float d, float[] x, int i, int j, int k, int l, float[] y) {
        for (int at = 0; at < n; at++) {
            y[at] += a * x[i + at] + b * x[j + at] + c * x[k + at] + d * x[l + at];
        }
    }

    /** a·b of the first {@code n} numbers. */
    public static float dot(int n, float[] a, float[] b) {
        return dot(n, a, 0, b);
    }

    /** The scalar product of the {@code n} numbers of {@code a} from {@code at} on and the first of {@code b}. */
    public static float dot(int n, float[] a, int at, float[] b) {
        float p = 0;
        float q = 0;
        float r = 0;
        float t = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            p += a[at + i] * b[i];
            q += a[at + i + 1] * b[i + 1];
            r += a[at + i + 2] * b[i + 2];
            t += a[at + i + 3] * b[i + 3];
        }
        for (; i < n; i++) {
            p += a[at + i] * b[i];
        }
        return (p + q) + (r + t);
    }

    private static void scale(int n, float beta, float[] c) {
        for (int i = 0; i < n; i++) {
            c[i] = beta == 0 ? 0 : beta * c[i];
        }
    }

    private static void axpy(int n, float alpha, float[] x, int xAt, float[] y, int yAt) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += alpha * x[xAt + i];
        }
    }
}
