package io.credence.network;

import io.credence.linalg.Gemm;
import io.credence.network.ParameterLayout.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * Forward pass of events through {@link SampledNetworks}.
 *
 * <p>Holds its buffers; one thread.
 */
public final class SampledPass {
    /*
     * Activations lie unit by unit, [units × n], with a last row of ones that the biases multiply: a layer is one
     * product, W̃ᵀ·Ã, and one of a single unit a sum of rows. Sample by sample, so that a tile stays in the cache. From
     * BLAS events on a product is the BLAS's; fewer go one by one, as sums of the weight rows whose input is not zero,
     * which after rectified layers is half of them. About 2·n·S·P floating-point operations.
     */
    private static final int BLAS = 8;

    private final SampledNetworks networks;
    private final List<Layer> layers;
    private final int capacity;
    private final float[][] a;

    /** @param capacity the largest batch */
    public SampledPass(SampledNetworks networks, int capacity) {
        this.networks = networks;
        this.layers = networks.layers();
        this.capacity = capacity;
        this.a = new float[layers.size() + 1][];
        a[0] = new float[capacity * (layers.get(0).fanIn() + 1)];
        for (int l = 0; l < layers.size(); l++) {
            a[l + 1] = new float[capacity * (layers.get(l).fanOut() + 1)];
        }
    }

    /** The largest batch. */
    public int capacity() {
        return capacity;
    }

    /**
     * Outputs of every sample for {@code n} events.
     *
     * @param x inputs [n × inputs]
     * @param f receives the outputs: those of event i and sample s from {@code (i·S + s)·outputs}
     */
    public void forward(int n, float[] x, float[] f) {
        if (n >= BLAS) {
            pass(n, 0, x, f);
            return;
        }
        for (int i = 0; i < n; i++) {
            pass(1, i, x, f);
        }
    }

    /** {@code n} events from number {@code from} on. */
    private void pass(int n, int from, float[] x, float[] f) {
        int width = layers.get(0).fanIn();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                a[0][j * n + i] = x[(from + i) * width + j];
            }
        }
        for (int l = 0; l < layers.size(); l++) {
            Arrays.fill(a[l], layers.get(l).fanIn() * n, (layers.get(l).fanIn() + 1) * n, 1);
        }
        for (int s = 0; s < networks.samples(); s++) {
            for (int l = 0; l < layers.size(); l++) {
                layer(n, s, l);
            }
            scatter(n, from, s, f);
        }
    }

    private void layer(int n, int s, int l) {
        int in = layers.get(l).fanIn() + 1;
        int out = layers.get(l).fanOut();
        float[] w = networks.weights(s, l);
        if (n >= BLAS && out > 1) {
            Gemm.tn(out, n, in, w, a[l], 0, a[l + 1]);
        } else if (n == 1 && out == 1) {
            a[l + 1][0] = Gemm.dot(in, a[l], w);
        } else {
            Arrays.fill(a[l + 1], 0, n * out, 0);
            Gemm.addRows(n * out, in, n == 1 ? a[l] : w, n == 1 ? w : a[l], a[l + 1]);
        }
        if (l < layers.size() - 1) {
            networks.activation().apply(out * n, a[l + 1], a[l + 1]);
        }
    }

    private void scatter(int n, int from, int s, float[] f) {
        int samples = networks.samples();
        int outputs = layers.get(layers.size() - 1).fanOut();
        float[] out = a[layers.size()];
        for (int k = 0; k < outputs; k++) {
            for (int i = 0; i < n; i++) {
                f[((from + i) * samples + s) * outputs + k] = out[k * n + i];
            }
        }
    }
}
