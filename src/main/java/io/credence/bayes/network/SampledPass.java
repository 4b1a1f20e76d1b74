package io.credence.bayes.network;

import io.credence.bayes.linalg.Gemm;
import io.credence.bayes.linalg.NativeFloats;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * Forward pass of events through {@link SampledNetworks}.
 *
 * <p>Holds its buffers, which later versions of a model reuse; one thread.
 */
public final class SampledPass {
    /*
     * Activations lie unit by unit, [units × n], with a last row of ones that the biases multiply: a layer is one
     * product, W̃ᵀ·Ã, and one of a single unit a sum of rows.
     *
     * FEW events go one by one on the heap, as sums of the weight rows whose input is not zero: half of them after
     * rectified layers. More go in tiles, sample by sample: the weights of one sample lie outside the heap while all
     * tiles pass, products stay outside, and element-wise work is done on a copy on the heap, which the JIT vectorises.
     * A tile is small enough for the cache and for the BLAS's kernels that need no packing. 2·n·S·P floating-point
     * operations and 3·n·S·width copied floats.
     */
    private static final int FEW = 8;
    private static final int TILE = 64;
    private static final int WIDE_TILE = 256;
    private static final int WIDE = 256 * 256;
    private static final ThreadLocal<SampledPass> OF_THREAD = new ThreadLocal<>();

    private final List<Layer> layers;
    private final int tile;
    private final float[][] a;
    private final NativeFloats weights;
    private final NativeFloats below;
    private final NativeFloats above;
    private NativeFloats inputs;

    private SampledPass(List<Layer> layers) {
        this.layers = layers;
        Layer last = layers.get(layers.size() - 1);
        int widest = 1;
        int largest = 0;
        for (Layer layer : layers) {
            widest = Math.max(widest, layer.fanOut());
            largest = Math.max(largest, layer.weightCount());
        }
        this.tile = largest < WIDE ? TILE : WIDE_TILE;
        this.a = new float[layers.size() + 1][];
        a[0] = new float[tile * (layers.get(0).fanIn() + 1)];
        for (int l = 0; l < layers.size(); l++) {
            a[l + 1] = new float[tile * (layers.get(l).fanOut() + 1)];
        }
        this.weights = new NativeFloats(last.end());
        this.below = new NativeFloats((long) tile * (widest + 1));
        this.above = new NativeFloats((long) tile * widest);
        this.inputs = new NativeFloats((long) tile * (layers.get(0).fanIn() + 1));
    }

    /** The pass of this thread for networks of a shape; one of another shape takes its place. */
    public static SampledPass of(SampledNetworks networks) {
        SampledPass known = OF_THREAD.get();
        if (known == null || !known.layers.equals(networks.layers())) {
            known = new SampledPass(networks.layers());
            OF_THREAD.set(known);
        }
        return known;
    }

    /**
     * Outputs of every sample for {@code n} events.
     *
     * @param networks of the shape that this pass is for
     * @param x inputs [n × inputs]
     * @param f receives the outputs: those of event i and sample s from {@code (i·S + s)·outputs}
     */
    public void forward(SampledNetworks networks, int n, float[] x, float[] f) {
        if (n < FEW) {
            for (int i = 0; i < n; i++) {
                columns(1, i, x);
                for (int s = 0; s < networks.samples(); s++) {
                    alone(networks, s);
                    scatter(networks, 1, i, s, f);
                }
            }
            return;
        }
        place(n, x);
        for (int s = 0; s < networks.samples(); s++) {
            for (int l = 0; l < layers.size(); l++) {
                put(layers.get(l), networks.weights(s, l));
            }
            for (int from = 0; from < n; from += tile) {
                int size = Math.min(tile, n - from);
                together(networks, s, from, size);
                scatter(networks, size, from, s, f);
            }
        }
    }

    private void put(Layer layer, float[][] rows) {
        int length = rows[0].length;
        for (int r = 0; r < rows.length; r++) {
            weights.put(layer.weights() + r * length, rows[r], length);
        }
    }

    /** Inputs of {@code n} events from number {@code from} on, unit by unit. */
    private void columns(int n, int from, float[] x) {
        int width = layers.get(0).fanIn();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                a[0][j * n + i] = x[(from + i) * width + j];
            }
        }
        ones(n, 0);
    }

    private void ones(int n, int l) {
        int units = layers.get(l).fanIn();
        Arrays.fill(a[l], units * n, (units + 1) * n, 1);
    }

    /** Inputs of all tiles, one after another, outside the heap. */
    private void place(int n, float[] x) {
        int rows = layers.get(0).fanIn() + 1;
        if (inputs.size() < (long) n * rows) {
            inputs = new NativeFloats((long) n * rows);
        }
        for (int from = 0; from < n; from += tile) {
            int size = Math.min(tile, n - from);
            columns(size, from, x);
            inputs.put(from * rows, a[0], size * rows);
        }
    }

    private void together(SampledNetworks networks, int s, int from, int n) {
        int last = layers.size() - 1;
        for (int l = 0; l <= last; l++) {
            Layer layer = layers.get(l);
            int in = layer.fanIn() + 1;
            int out = layer.fanOut();
            boolean first = l == 0;
            if (out == 1 && !first) {
                Arrays.fill(a[l + 1], 0, n, 0);
                Gemm.addRows(n, in, networks.weights(s, l)[0], a[l], a[l + 1]);
            } else {
                if (!first) {
                    below.put(0, a[l], in * n);
                }
                NativeFloats.tn(
                        out,
                        n,
                        in,
                        weights,
                        layer.weights(),
                        first ? inputs : below,
                        first ? (long) from * in : 0,
                        above);
                above.get(a[l + 1], out * n);
            }
            if (l < last) {
                activate(networks, n, l + 1);
            }
        }
    }

    private void alone(SampledNetworks networks, int s) {
        int last = layers.size() - 1;
        for (int l = 0; l <= last; l++) {
            int in = layers.get(l).fanIn() + 1;
            int out = layers.get(l).fanOut();
            float[][] w = networks.weights(s, l);
            if (out == 1) {
                a[l + 1][0] = Gemm.dot(in, a[l], w[0]);
            } else {
                Arrays.fill(a[l + 1], 0, out, 0);
                Gemm.addRows(out, in, a[l], w, a[l + 1]);
            }
            if (l < last) {
                activate(networks, 1, l + 1);
            }
        }
    }

    private void activate(SampledNetworks networks, int n, int l) {
        networks.activation().apply(layers.get(l).fanIn() * n, a[l], a[l]);
        ones(n, l);
    }

    private void scatter(SampledNetworks networks, int n, int from, int s, float[] f) {
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
