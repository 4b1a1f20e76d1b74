package io.credence.jmh;

import io.credence.bayes.linalg.Blas;
import io.credence.bayes.linalg.Gemm;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The products of one dense layer: forward (nn), weight gradient (tn), gradient passed back (nt), and the same forward
 * product in the bare BLAS on native memory, which is the floor. 2·batch·in·out floating-point operations each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemmBenchmark {
    /** Events in the product. */
    @Param({"1", "32", "64", "256", "1024"})
    public int batch;

    /** The layer, inputs × outputs; the last is the first layer of 32 samples side by side, as scoring has it. */
    @Param({"16x64", "64x64", "64x1", "16x2048"})
    public String layer;

    private int in;
    private int out;
    private float[] x;
    private float[] w;
    private float[] z;
    private float[] dw;
    private float[] dx;
    private FloatPointer nativeX;
    private FloatPointer nativeW;
    private FloatPointer nativeZ;

    /** Fills the matrices. */
    @Setup
    public void fill() {
        Blas.load();
        String[] sides = layer.split("x");
        in = Integer.parseInt(sides[0]);
        out = Integer.parseInt(sides[1]);
        x = halves(batch * in);
        w = halves(in * out);
        z = halves(batch * out);
        dw = new float[in * out];
        dx = new float[batch * in];
        nativeX = new FloatPointer(x);
        nativeW = new FloatPointer(w);
        nativeZ = new FloatPointer(z);
    }

    private static float[] halves(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 0.5f);
        return values;
    }

    /** Frees the native matrices. */
    @TearDown
    public void free() {
        nativeX.close();
        nativeW.close();
        nativeZ.close();
    }

    /** Z ← X·W. */
    @Benchmark
    public float[] forward() {
        Gemm.nn(batch, out, in, x, w, 0, z);
        return z;
    }

    /** dW ← Xᵀ·Z. */
    @Benchmark
    public float[] weightGradient() {
        Gemm.tn(in, out, batch, x, z, 0, dw);
        return dw;
    }

    /** dX ← Z·Wᵀ. */
    @Benchmark
    public float[] inputGradient() {
        Gemm.nt(batch, in, out, z, w, 0, dx);
        return dx;
    }

    /** Z ← X·W as the BLAS does it. */
    @Benchmark
    public FloatPointer bareForward() {
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                openblas_nolapack.CblasNoTrans,
                openblas_nolapack.CblasNoTrans,
                batch,
                out,
                in,
                1f,
                nativeX,
                in,
                nativeW,
                out,
                0f,
                nativeZ,
                out);
        return nativeZ;
    }
}
