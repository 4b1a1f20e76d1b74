package io.credence.bayes.network;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.linalg.NormalTable;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Forward and backward pass of the perceptron by local reparameterisation: every event has its own weight sample, drawn
 * as pre-activations.
 *
 * <p>Holds its buffers; one thread. A backward pass belongs to the forward pass before it.
 */
public final class LocalPass {
    /*
     * Kingma, Salimans &amp; Welling (2015), eq. 6: for w ~ N(μ, σ²) a layer's pre-activations are Gaussian,
     *   z = m + √v ∘ ε,  m = a·μ + μ_b,  v = a²·σ² + σ_b²,  ε ~ N(0, I),
     * with independent ε for each event. Backward: dm = dz, dv = dz ∘ ε / (2√v), then the products' transposes, and
     * da = dm·μᵀ + 2a ∘ (dv·σ²ᵀ). Three times the products of a plain pass.
     *
     * Activations lie unit by unit, as in Affine. Element-wise loops have one index for all their arrays: with an
     * offset in one of them the JIT cannot rule out that they overlap, and does not vectorise.
     */
    private static final float TINY = 1e-20f;
    private static final float[] NOTHING = {};

    private final List<Layer> layers;
    private final Activation activation;
    private final int capacity;
    private final Affine[] mean;
    private final Affine[] variance;
    private final float[][] z;
    private final float[][] a;
    private final float[][] squared;
    private final float[][] deviation;
    private final float[][] noise;
    private final float[][] d;
    private final float[] dVariance;
    private final float[] through;
    private final float[] throughVariance;
    private final float[] outputs;

    /** @param capacity the largest minibatch */
    public LocalPass(ParameterLayout layout, Activation activation, int capacity) {
        this.layers = layout.layers();
        this.activation = activation;
        this.capacity = capacity;
        this.mean = layers.stream().map(l -> new Affine(l, capacity)).toArray(Affine[]::new);
        this.variance = layers.stream().map(l -> new Affine(l, capacity)).toArray(Affine[]::new);
        this.z = perLayer(l -> capacity * l.fanOut());
        this.a = perLayer(l -> capacity * (l.fanIn() + 1));
        this.squared = perLayer(l -> capacity * (l.fanIn() + 1));
        this.deviation = perLayer(l -> capacity * l.fanOut());
        this.noise = perLayer(l -> capacity * l.fanOut());
        this.d = perLayer(l -> capacity * l.fanOut());
        this.dVariance = new float[capacity * layout.widest()];
        this.through = new float[(capacity + 1) * layout.widest()];
        this.throughVariance = new float[capacity * layout.widest()];
        this.outputs = new float[capacity * layout.outputs()];
    }

    private float[][] perLayer(ToIntFunction<Layer> size) {
        return layers.stream().map(l -> new float[size.applyAsInt(l)]).toArray(float[][]::new);
    }

    /** The largest minibatch. */
    public int capacity() {
        return capacity;
    }

    /**
     * Outputs for {@code n} events, one weight sample each.
     *
     * @param x inputs [n × inputs]
     * @param mu means of the parameters
     * @param sigma2 variances of the parameters
     * @param source of ε
     * @return outputs [n × outputs], valid until the next call
     */
    public float[] forward(int n, float[] x, float[] mu, float[] sigma2, CounterRandom source) {
        place(n, x);
        for (int l = 0; l < layers.size(); l++) {
            products(n, l, mu, sigma2);
            NormalTable.fill(source, noise[l], n * layers.get(l).fanOut());
            finish(n, l);
        }
        return outputs(n);
    }

    /**
     * Outputs for one event and {@code n} weight samples, those of number 2i and 2i + 1 with ε and −ε; no backward pass.
     *
     * @param x inputs
     * @param mu means of the parameters
     * @param sigma2 variances of the parameters
     * @param source of ε
     * @return outputs [n × outputs], valid until the next call
     */
    public float[] samples(int n, float[] x, float[] mu, float[] sigma2, CounterRandom source) {
        place(1, x);
        for (int l = 0; l < layers.size(); l++) {
            int out = layers.get(l).fanOut();
            if (l == 0) {
                products(1, 0, mu, sigma2);
                spread(n, out, z[0]);
                spread(n, out, deviation[0]);
            } else {
                products(n, l, mu, sigma2);
            }
            mirrored(source, n, out, noise[l]);
            finish(n, l);
        }
        return outputs(n);
    }

    private void place(int n, float[] x) {
        int width = layers.get(0).fanIn();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                a[0][j * n + i] = x[i * width + j];
            }
        }
        Arrays.fill(a[0], width * n, (width + 1) * n, 1);
    }

    /** Means and variances of the pre-activations. */
    private void products(int n, int l, float[] mu, float[] sigma2) {
        square(n * (layers.get(l).fanIn() + 1), a[l], squared[l]);
        mean[l].forward(n, mu, a[l], z[l]);
        variance[l].forward(n, sigma2, squared[l], deviation[l]);
    }

    private static void square(int n, float[] a, float[] squared) {
        for (int i = 0; i < n; i++) {
            squared[i] = a[i] * a[i];
        }
    }

    /** One number for each unit, to the same for each of its {@code n} samples. */
    private static void spread(int n, int units, float[] values) {
        for (int j = units - 1; j >= 0; j--) {
            Arrays.fill(values, j * n, (j + 1) * n, values[j]);
        }
    }

    private void mirrored(CounterRandom source, int n, int units, float[] out) {
        int half = (n + 1) / 2;
        NormalTable.fill(source, through, half * units);
        if (n % 2 == 0) {
            for (int q = 0; q < half * units; q++) {
                out[2 * q] = through[q];
                out[2 * q + 1] = -through[q];
            }
            return;
        }
        for (int i = 0; i < n * units; i++) {
            float drawn = through[i / n * half + i % n / 2];
            out[i] = i % n % 2 == 0 ? drawn : -drawn;
        }
    }

    /** Draws the pre-activations, and the activations of the layer above. */
    private void finish(int n, int l) {
        int size = n * layers.get(l).fanOut();
        sample(size, z[l], deviation[l], noise[l]);
        if (l + 1 < layers.size()) {
            activation.apply(size, z[l], a[l + 1]);
            Arrays.fill(a[l + 1], size, size + n, 1);
        }
    }

    /** Turns variances into deviations, and means into samples. */
    private static void sample(int n, float[] z, float[] deviation, float[] noise) {
        for (int i = 0; i < n; i++) {
            deviation[i] = (float) Math.sqrt(Math.max(deviation[i], TINY));
        }
        for (int i = 0; i < n; i++) {
            z[i] += deviation[i] * noise[i];
        }
    }

    private float[] outputs(int n) {
        int last = layers.size() - 1;
        int units = layers.get(last).fanOut();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < units; j++) {
                outputs[i * units + j] = z[last][j * n + i];
            }
        }
        return outputs;
    }

    /**
     * The gradient of the loss.
     *
     * @param dOut ∂loss/∂outputs [n × outputs]
     * @param gradMu receives ∂loss/∂μ
     * @param gradSigma2 receives ∂loss/∂σ²
     */
    public void backward(int n, float[] dOut, float[] gradMu, float[] gradSigma2) {
        int last = layers.size() - 1;
        int units = layers.get(last).fanOut();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < units; j++) {
                d[last][j * n + i] = dOut[i * units + j];
            }
        }
        for (int l = last; l >= 0; l--) {
            int size = n * layers.get(l).fanOut();
            halve(size, d[l], noise[l], deviation[l], dVariance);
            mean[l].backward(n, d[l], gradMu, l == 0 ? NOTHING : through);
            variance[l].backward(n, dVariance, gradSigma2, l == 0 ? NOTHING : throughVariance);
            if (l > 0) {
                int below = n * layers.get(l).fanIn();
                join(below, a[l], through, throughVariance, d[l - 1]);
                activation.chain(below, z[l - 1], a[l], d[l - 1]);
            }
        }
    }

    /** dv = dz ∘ ε / (2√v). */
    private static void halve(int n, float[] d, float[] noise, float[] deviation, float[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = 0.5f * d[i] * noise[i] / deviation[i];
        }
    }

    private static void join(int n, float[] a, float[] through, float[] throughVariance, float[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = through[i] + 2 * a[i] * throughVariance[i];
        }
    }
}
