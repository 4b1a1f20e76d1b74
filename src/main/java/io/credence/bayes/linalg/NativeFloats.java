package io.credence.bayes.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
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
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                m,
                n,
                k,
                1f,
                a.pointer.position(aAt),
                m,
                b.pointer.position(bAt),
                n,
                0f,
                c.pointer.position(0),
                n);
    }

    /** C[m×n] ← A·B with A[m×k] and B[k×n], all from place 0 on. */
    public static void nn(int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                m,
                n,
                k,
                1f,
                a.pointer.position(0),
                k,
                b.pointer.position(0),
                n,
                0f,
                c.pointer.position(0),
                n);
    }

    /** C[m×n] ← A·Bᵀ with A[m×k] and B[n×k], all from place 0 on. */
    public static void nt(int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                m,
                n,
                k,
                1f,
                a.pointer.position(0),
                k,
                b.pointer.position(0),
                k,
                0f,
                c.pointer.position(0),
                n);
    }
}
