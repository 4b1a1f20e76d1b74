package io.credence.bayes.network;

import io.credence.bayes.linalg.Gemm;
import io.credence.bayes.linalg.NativeFloats;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * How much one number that is made of a network's outputs varies with its weights, to first order: Σ σ² (∂s/∂w)² at the
 * mean weights.
 *
 * <p>Free of the noise of sampling, so that whoever has the posterior gets the same number. Holds its buffers, which later
 * versions of a model reuse; one thread.
 */
public final class LinearisedPass {
    /*
     * MacKay (1992), "A practical Bayesian framework for backpropagation networks", eq. 18, for independent weights. With
     * z = W̃ᵀã and δ = ∂s/∂z of a layer, ∂s/∂W̃ = ã·δᵀ, so that its part of the sum is Σⱼ tⱼδⱼ², t = (σ²)ᵀ·(ã∘ã): one pass
     * forward, one back, and one more product for each layer, 6·P floating-point operations in place of 2·S·P.
     *
     * Activations lie unit by unit, [units × n], with a last row of ones. As in SampledPass FEW events go one by one on the
     * heap and more in tiles whose products are made outside it.
     */
    private static final int FEW = 8;
    private static final int TILE = 64;
    private static final ThreadLocal<LinearisedPass> OF_THREAD = new ThreadLocal<>();

    private final List<Layer> layers;
    private final int last;
    private final float[][] a;
    private final float[][] z;
    private final float[][] t;
    private final float[] squared;
    private final float[] delta;
    private final float[] passed;
    private final float[] v;
    private final NativeFloats[] means;
    private final NativeFloats[] variances;
    private final NativeFloats below;
    private final NativeFloats above;

    private LinearisedPass(List<Layer> layers) {
        this.layers = layers;
        this.last = layers.size() - 1;
        this.a = new float[layers.size()][];
        this.z = new float[layers.size()][];
        this.t = new float[layers.size()][];
        this.means = new NativeFloats[layers.size()];
        this.variances = new NativeFloats[layers.size()];
        int widest = 1;
        for (int l = 0; l <= last; l++) {
            Layer layer = layers.get(l);
            a[l] = new float[TILE * (layer.fanIn() + 1)];
            z[l] = new float[TILE * layer.fanOut()];
            t[l] = new float[TILE * layer.fanOut()];
            means[l] = new NativeFloats(layer.end() - layer.weights());
            variances[l] = new NativeFloats(layer.end() - layer.weights());
            widest = Math.max(widest, Math.max(layer.fanIn(), layer.fanOut()));
        }
        this.squared = new float[TILE * (widest + 1)];
        this.delta = new float[TILE * widest];
        this.passed = new float[TILE * widest];
        this.v = new float[TILE];
        this.below = new NativeFloats((long) TILE * (widest + 1));
        this.above = new NativeFloats((long) TILE * widest);
    }

    /** The pass of this thread for networks of a shape; one of another shape takes its place. */
    public static LinearisedPass of(GaussianNetwork network) {
        LinearisedPass known = OF_THREAD.get();
        if (known == null || !known.layers.equals(network.layers())) {
            known = new LinearisedPass(network.layers());
            OF_THREAD.set(known);
        }
        return known;
    }

    /**
     * Outputs at the mean weights, and for {@code n} events the variance of what {@link Likelihood#direction} asks about.
     *
     * @param x inputs [n × inputs]
     * @param f receives the outputs [n × outputs]
     * @param variance receives the variances [n]
     */
    public void run(GaussianNetwork network, Likelihood likelihood, int n, float[] x, float[] f, double[] variance) {
        boolean few = n < FEW;
        int tile = few ? 1 : TILE;
        if (!few) {
            for (int l = 0; l <= last; l++) {
                put(network.means(l), means[l]);
                put(network.variances(l), variances[l]);
            }
        }
        for (int from = 0; from < n; from += tile) {
            int size = Math.min(tile, n - from);
            place(size, from, x);
            for (int l = 0; l <= last; l++) {
                forward(network, few, size, l);
            }
            gather(size, from, f);
            direct(likelihood, size, from, f);
            Arrays.fill(v, 0, size, 0);
            if (network.covariance().isNone()) {
                add(size, layers.get(last).fanOut(), t[last], delta, v);
            }
            for (int l = last - 1; l >= 0; l--) {
                back(network, few, size, l);
                add(size, layers.get(l).fanOut(), t[l], delta, v);
            }
            for (int i = 0; i < size; i++) {
                variance[from + i] = v[i];
            }
            if (!network.covariance().isNone()) {
                network.covariance().add(size, a[last], squared, variance, from);
            }
        }
    }

    private static void put(float[][] rows, NativeFloats into) {
        int length = rows[0].length;
        for (int r = 0; r < rows.length; r++) {
            into.put(r * length, rows[r], length);
        }
    }

    /** Inputs of {@code n} events from number {@code from} on, unit by unit. */
    private void place(int n, int from, float[] x) {
        int width = layers.get(0).fanIn();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                a[0][j * n + i] = x[(from + i) * width + j];
            }
        }
        Arrays.fill(a[0], width * n, (width + 1) * n, 1);
    }

    /** z and t of a layer, and the activations of the one above. */
    private void forward(GaussianNetwork network, boolean few, int n, int l) {
        int in = layers.get(l).fanIn() + 1;
        int out = layers.get(l).fanOut();
        square(in * n, a[l], squared);
        if (few) {
            alone(in, out, network.means(l), a[l], z[l]);
            alone(in, out, network.variances(l), squared, t[l]);
        } else {
            together(in, out, n, network.means(l), means[l], a[l], z[l]);
            together(in, out, n, network.variances(l), variances[l], squared, t[l]);
        }
        if (l < last) {
            network.activation().apply(out * n, z[l], a[l + 1]);
            Arrays.fill(a[l + 1], out * n, (out + 1) * n, 1);
        }
    }

    private static void square(int n, float[] a, float[] squared) {
        for (int i = 0; i < n; i++) {
            squared[i] = a[i] * a[i];
        }
    }

    private static void alone(int in, int out, float[][] w, float[] a, float[] z) {
        if (out == 1) {
            z[0] = Gemm.dot(in, a, w[0]);
        } else {
            Arrays.fill(z, 0, out, 0);
            Gemm.addRows(out, in, a, w, z);
        }
    }

    private void together(int in, int out, int n, float[][] rows, NativeFloats w, float[] a, float[] z) {
        if (out == 1) {
            Arrays.fill(z, 0, n, 0);
            Gemm.addRows(n, in, rows[0], a, z);
        } else {
            below.put(0, a, in * n);
            NativeFloats.tn(out, n, in, w, 0, below, 0, above);
            above.get(z, out * n);
        }
    }

    private void gather(int n, int from, float[] f) {
        int outputs = layers.get(last).fanOut();
        for (int k = 0; k < outputs; k++) {
            for (int i = 0; i < n; i++) {
                f[(from + i) * outputs + k] = z[last][k * n + i];
            }
        }
    }

    /** δ of the last layer. */
    private void direct(Likelihood likelihood, int n, int from, float[] f) {
        int outputs = layers.get(last).fanOut();
        for (int i = 0; i < n; i++) {
            likelihood.direction(f, (from + i) * outputs, passed);
            for (int k = 0; k < outputs; k++) {
                delta[k * n + i] = passed[k];
            }
        }
    }

    /** δ of a layer, from that of the one above. */
    private void back(GaussianNetwork network, boolean few, int n, int l) {
        int units = layers.get(l).fanOut();
        int above = layers.get(l + 1).fanOut();
        float[][] w = network.means(l + 1);
        if (few && above > 1) {
            backAlone(network.activation(), units, above, w, l);
        } else {
            if (above == 1) {
                spread(units, n, w[0], delta, passed);
            } else {
                below.put(0, delta, above * n);
                NativeFloats.nn(units, n, above, means[l + 1], below, this.above);
                this.above.get(passed, units * n);
            }
            network.activation().chain(units * n, z[l], a[l + 1], passed);
        }
        System.arraycopy(passed, 0, delta, 0, units * n);
    }

    /** Half of the rectified units have no slope, and cost nothing. */
    private void backAlone(Activation activation, int units, int above, float[][] w, int l) {
        Arrays.fill(passed, 0, units, 1);
        activation.chain(units, z[l], a[l + 1], passed);
        for (int j = 0; j < units; j++) {
            if (passed[j] != 0) {
                passed[j] *= Gemm.dot(above, delta, w[j]);
            }
        }
    }

    private static void spread(int units, int n, float[] w, float[] delta, float[] out) {
        for (int j = 0; j < units; j++) {
            for (int i = 0; i < n; i++) {
                out[j * n + i] = w[j] * delta[i];
            }
        }
    }

    /** v ← v + Σⱼ tⱼδⱼ² */
    private static void add(int n, int units, float[] t, float[] delta, float[] v) {
        for (int j = 0; j < units; j++) {
            for (int i = 0; i < n; i++) {
                v[i] += t[j * n + i] * delta[j * n + i] * delta[j * n + i];
            }
        }
    }
}
