package io.credence.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * S sampled perceptrons side by side in ND4J arrays: the forward pass of bulk scoring.
 *
 * <p>Fixed weights, fixed largest batch, own buffers; one thread.
 */
public final class SampleStack {
    /*
     * Layer l of all samples lies in one array [n × S·fanOut], sample s in columns s·fanOut …: the first layer is one
     * product X·[W₁ … W_S], later layers are S products of column blocks, for which the BLAS takes the row stride.
     * Biases and activations are one ND4J operation for each layer. About 2·n·S·P floating-point operations.
     */

    /**
     * Where a dense layer lies in the flat parameter vectors.
     *
     * @param fanIn inputs
     * @param fanOut outputs
     * @param weights offset of the weights [fanIn × fanOut]
     * @param biases offset of the biases [fanOut]
     */
    public record Dense(int fanIn, int fanOut, int weights, int biases) {}

    static {
        Blas.load();
    }

    private final List<Dense> layers;
    private final ArrayFunction activation;
    private final int samples;
    private final INDArray input;
    private final List<INDArray> weights = new ArrayList<>();
    private final List<INDArray> biases = new ArrayList<>();
    private final List<INDArray> outputs = new ArrayList<>();

    /**
     * @param layers first to last
     * @param activation of all but the last
     * @param parameters flat vectors of the samples, [S][P]
     * @param capacity the largest batch
     */
    public SampleStack(List<Dense> layers, ArrayFunction activation, float[][] parameters, int capacity) {
        this.layers = List.copyOf(layers);
        this.activation = activation;
        this.samples = parameters.length;
        this.input = zeros(capacity, layers.get(0).fanIn());
        for (int l = 0; l < layers.size(); l++) {
            Dense layer = layers.get(l);
            outputs.add(zeros(capacity, samples * layer.fanOut()));
            biases.add(zeros(1, samples * layer.fanOut()));
            weights.add(zeros(layer.fanIn(), samples * layer.fanOut()));
            for (int s = 0; s < samples; s++) {
                copy(parameters[s], layer, s, l);
            }
        }
    }

    private static INDArray zeros(int rows, int columns) {
        return Nd4j.zeros(DataType.FLOAT, rows, columns);
    }

    private void copy(float[] parameters, Dense layer, int sample, int l) {
        int out = layer.fanOut();
        FloatPointer w = pointer(weights.get(l));
        for (int i = 0; i < layer.fanIn(); i++) {
            w.position((long) i * samples * out + (long) sample * out).put(parameters, layer.weights() + i * out, out);
        }
        pointer(biases.get(l)).position((long) sample * out).put(parameters, layer.biases(), out);
    }

    /**
     * Outputs of every sample for {@code n} events.
     *
     * @param x inputs [n × inputs]
     * @param f receives the outputs [n × S·outputs]: those of event i and sample s from {@code (i·S + s)·outputs}
     */
    public void forward(int n, float[] x, float[] f) {
        pointer(input).put(x, 0, n * layers.get(0).fanIn());
        int last = layers.size() - 1;
        for (int l = 0; l <= last; l++) {
            multiply(l, n);
            INDArray z = outputs.get(l);
            z.addiRowVector(biases.get(l));
            if (l < last) {
                activation.apply(z);
            }
        }
        pointer(outputs.get(last)).get(f, 0, n * samples * layers.get(last).fanOut());
    }

    private void multiply(int l, int n) {
        Dense layer = layers.get(l);
        int out = layer.fanOut();
        int stride = samples * out;
        if (l == 0) {
            gemm(
                    n,
                    stride,
                    layer.fanIn(),
                    pointer(input),
                    layer.fanIn(),
                    pointer(weights.get(0)),
                    stride,
                    pointer(outputs.get(0)),
                    stride);
            return;
        }
        FloatPointer below = pointer(outputs.get(l - 1));
        FloatPointer w = pointer(weights.get(l));
        FloatPointer z = pointer(outputs.get(l));
        for (int s = 0; s < samples; s++) {
            below.position((long) s * layer.fanIn());
            w.position((long) s * out);
            z.position((long) s * out);
            gemm(n, out, layer.fanIn(), below, samples * layer.fanIn(), w, stride, z, stride);
        }
    }

    private static void gemm(
            int m, int n, int k, FloatPointer a, int lda, FloatPointer b, int ldb, FloatPointer c, int ldc) {
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1f, a, lda, b, ldb, 0f, c, ldc);
    }

    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }
}
