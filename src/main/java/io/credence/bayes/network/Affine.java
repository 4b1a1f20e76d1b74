package io.credence.bayes.network;

import io.credence.bayes.linalg.Gemm;
import io.credence.bayes.linalg.NativeFloats;
import io.credence.bayes.network.ParameterLayout.Layer;

/**
 * The products of one dense layer with one matrix W̃ [fan-in + 1 × fan-out], whose last row is the biases.
 *
 * <p>Activations lie unit by unit, [units × n], those below with a last row of ones that the biases multiply. Holds its
 * buffers; one thread. The products of a backward pass belong to the forward product before them.
 */
final class Affine {
    /*
     * A product of arrays on the heap copies each of them out of it, and the result back. For many events the operands
     * therefore stay outside, where each is copied once for two products. FEW events are quicker on the heap: loops
     * need no copies.
     */
    private static final int FEW = 8;

    private final Layer layer;
    private final int rows;
    private final int out;
    private final float[] weights;
    private final float[] gradient;
    private final NativeFloats outside;
    private final NativeFloats input;
    private final NativeFloats error;
    private final NativeFloats result;
    private float[] below = {};

    /** @param capacity the largest number of events */
    Affine(Layer layer, int capacity) {
        this.layer = layer;
        this.rows = layer.fanIn() + 1;
        this.out = layer.fanOut();
        this.weights = new float[rows * out];
        this.gradient = new float[rows * out];
        this.outside = new NativeFloats(weights.length);
        this.input = new NativeFloats((long) rows * capacity);
        this.error = new NativeFloats((long) out * capacity);
        this.result = new NativeFloats(Math.max(weights.length, (long) Math.max(rows, out) * capacity));
    }

    /**
     * z [fan-out × n] ← W̃ᵀ·ã.
     *
     * @param parameters of the whole network
     * @param a ã [fan-in + 1 × n], kept for {@link #backward}
     */
    void forward(int n, float[] parameters, float[] a, float[] z) {
        if (n < FEW) {
            below = a;
            System.arraycopy(parameters, layer.weights(), weights, 0, weights.length);
            Gemm.tn(out, n, rows, weights, a, 0, z);
            return;
        }
        outside.take(parameters, layer.weights(), weights.length);
        input.take(a, 0, rows * n);
        if (out == 1) {
            NativeFloats.tv(rows, n, input, outside, result);
        } else {
            NativeFloats.tn(out, n, rows, outside, 0, input, 0, result);
        }
        result.get(z, 0, out * n);
    }

    /**
     * The gradient of the parameters, ã·dzᵀ, and with {@code da} what passes back through the layer, da [fan-in × n] ←
     * W·dz.
     *
     * @param dz [fan-out × n]
     * @param g receives the gradient at the places of the layer's parameters
     * @param da overwritten; nothing is passed back where its length is zero
     */
    void backward(int n, float[] dz, float[] g, float[] da) {
        int back = da.length == 0 ? 0 : layer.fanIn();
        if (n < FEW) {
            Gemm.nt(rows, out, n, below, dz, 0, gradient);
            System.arraycopy(gradient, 0, g, layer.weights(), gradient.length);
            if (back > 0) {
                Gemm.nn(back, n, out, weights, dz, 0, da);
            }
            return;
        }
        error.take(dz, 0, out * n);
        if (out == 1) {
            NativeFloats.nv(rows, n, input, error, result);
        } else {
            NativeFloats.nt(rows, out, n, input, error, result);
        }
        result.get(g, layer.weights(), gradient.length);
        if (back > 0 && out == 1) {
            NativeFloats.outer(back, n, outside, error, result);
        } else if (back > 0) {
            NativeFloats.nn(back, n, out, outside, error, result);
        }
        result.get(da, 0, back * n);
    }
}
