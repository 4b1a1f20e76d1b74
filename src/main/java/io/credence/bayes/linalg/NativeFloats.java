package io.credence.bayes.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Floats outside the heap, in an array of ND4J: operands of products that the BLAS reads without a copy for each.
 *
 * <p>One thread. The memory is freed when nothing refers to it.
 */
public final class NativeFloats {
    static {
        Blas.load();
    }

    /* Held so that the memory lives as long as the pointer. */
    private final INDArray memory;
    private final FloatPointer pointer;
    private final FloatBuffer buffer;

    /** @param size how many, all zero at first */
    public NativeFloats(long size) {
        this.memory = Nd4j.zeros(DataType.FLOAT, size);
        this.pointer = new FloatPointer(memory.data().addressPointer());
        this.buffer = memory.data().asNioFloat();
    }

    /** How many. */
    public long size() {
        return memory.length();
    }

    /** Copies the first {@code count} floats of an array here, from place {@code at} on. */
    public void put(int at, float[] from, int count) {
        buffer.put(at, from, 0, count);
    }

    /** Copies {@code count} floats of an array here, from its place {@code at} on to place 0 on. */
    public void take(float[] from, int at, int count) {
        buffer.put(0, from, at, count);
    }

    /** Copies {@code count} floats from place 0 on into an array. */
    public void get(float[] into, int count) {
        get(into, 0, count);
    }

    /** Copies {@code count} floats from place 0 on into an array, from its place {@code at} on. */
    public void get(float[] into, int at, int count) {
        buffer.get(0, into, at, count);
    }

    /**
     * C[m×n] ← Aᵀ·B with A[k×m] and B[k×n].
     *
     * @param a A, from place {@code aAt} on
     * @param b B, from place {@code bAt} on
     * @param c receives C, from place 0 on
     */
    public static void tn(int m, int n, int k, NativeFloats a, long aAt, NativeFloats b, long bAt, NativeFloats c) {
        product(CblasTrans, m, CblasNoTrans, n, m, n, k, a.pointer.position(aAt), b.pointer.position(bAt), c);
    }

    /** C[m×n] ← A·B with A[m×k] and B[k×n], all from place 0 on. */
    public static void nn(int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
        product(CblasNoTrans, k, CblasNoTrans, n, m, n, k, a.pointer.position(0), b.pointer.position(0), c);
    }

    /** C[m×n] ← A·Bᵀ with A[m×k] and B[n×k], all from place 0 on. */
    public static void nt(int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
        product(CblasNoTrans, k, CblasTrans, k, m, n, k, a.pointer.position(0), b.pointer.position(0), c);
    }

    /** The BLAS scales C by a loop that is slow where β is 0; it adds to zeros instead. */
    private static void product(
            int opA,
            int strideA,
            int opB,
            int strideB,
            int m,
            int n,
            int k,
            FloatPointer a,
            FloatPointer b,
            NativeFloats c) {
        FloatPointer out = c.pointer.position(0);
        Pointer.memset(out, 0, (long) m * n * Float.BYTES);
        openblas_nolapack.cblas_sgemm(CblasRowMajor, opA, opB, m, n, k, 1f, a, strideA, b, strideB, 1f, out, n);
    }

    /** y[m] ← A·x with A[m×n], all from place 0 on. */
    public static void nv(int m, int n, NativeFloats a, NativeFloats x, NativeFloats y) {
        apply(CblasNoTrans, m, n, a, x, y);
    }

    /** y[n] ← Aᵀ·x with A[m×n], all from place 0 on. */
    public static void tv(int m, int n, NativeFloats a, NativeFloats x, NativeFloats y) {
        apply(CblasTrans, m, n, a, x, y);
    }

    private static void apply(int op, int m, int n, NativeFloats a, NativeFloats x, NativeFloats y) {
        openblas_nolapack.cblas_sgemv(
                CblasRowMajor,
                op,
                m,
                n,
                1f,
                a.pointer.position(0),
                n,
                x.pointer.position(0),
                1,
                0f,
                y.pointer.position(0),
                1);
    }

    /** A[m×n] ← x·yᵀ with x[m] and y[n], all from place 0 on. */
    public static void outer(int m, int n, NativeFloats x, NativeFloats y, NativeFloats a) {
        FloatPointer out = a.pointer.position(0);
        Pointer.memset(out, 0, (long) m * n * Float.BYTES);
        openblas_nolapack.cblas_sger(
                CblasRowMajor, m, n, 1f, x.pointer.position(0), 1, y.pointer.position(0), 1, out, n);
    }
}
