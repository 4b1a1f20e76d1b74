package io.credence.bayes.network;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.linalg.Gemm;
import io.credence.bayes.linalg.NormalTable;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.List;

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
     */
    private static final float TINY = 1e-20f;

    private final List<Layer> layers;
    private final Activation activation;
    private final int capacity;
    private final float[][] mean;
    private final float[][] variance;
    private final float[][] z;
    private final float[][] a;
    private final float[][] squared;
    private final float[][] deviation;
    private final float[][] noise;
    private final float[][] d;
    private final float[][] dVariance;
    private final float[] weightGradient;
    private final float[] through;
    private float[] input = {};

    /** @param capacity the largest minibatch */
    public LocalPass(ParameterLayout layout, Activation activation, int capacity) {
        this.layers = layout.layers();
        this.activation = activation;
        this.capacity = capacity;
        this.mean = perLayer(l -> l.weightCount());
        this.variance = perLayer(l -> l.weightCount());
        this.z = perLayer(l -> capacity * l.fanOut());
        this.a = perLayer(l -> capacity * l.fanOut());
        this.squared = perLayer(l -> capacity * l.fanIn());
        this.deviation = perLayer(l -> capacity * l.fanOut());
        this.noise = perLayer(l -> capacity * l.fanOut());
        this.d = perLayer(l -> capacity * l.fanOut());
        this.dVariance = perLayer(l -> capacity * l.fanOut());
        this.weightGradient =
                new float[layers.stream().mapToInt(Layer::weightCount).max().orElseThrow()];
        this.through = new float[capacity * layout.widest()];
    }

    private float[][] perLayer(java.util.function.ToIntFunction<Layer> size) {
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
     * @param antithetic whether rows 2i and 2i + 1 use ε and −ε
     * @return outputs [n × outputs], valid until the next call
     */
    public float[] forward(int n, float[] x, float[] mu, float[] sigma2, CounterRandom source, boolean antithetic) {
        input = x;
        float[] below = x;
        int last = layers.size() - 1;
        for (int l = 0; l <= last; l++) {
            Layer layer = layers.get(l);
            int in = layer.fanIn();
            int out = layer.fanOut();
            System.arraycopy(mu, layer.weights(), mean[l], 0, mean[l].length);
            System.arraycopy(sigma2, layer.weights(), variance[l], 0, variance[l].length);
            for (int i = 0; i < n * in; i++) {
                squared[l][i] = below[i] * below[i];
            }
            for (int i = 0; i < n; i++) {
                System.arraycopy(mu, layer.biases(), z[l], i * out, out);
                System.arraycopy(sigma2, layer.biases(), deviation[l], i * out, out);
            }
            Gemm.nn(n, out, in, below, mean[l], 1, z[l]);
            Gemm.nn(n, out, in, squared[l], variance[l], 1, deviation[l]);
            draw(source, n, out, antithetic, noise[l]);
            for (int i = 0; i < n * out; i++) {
                deviation[l][i] = (float) Math.sqrt(Math.max(deviation[l][i], TINY));
                z[l][i] += deviation[l][i] * noise[l][i];
            }
            if (l < last) {
                activation.apply(n * out, z[l], a[l]);
                below = a[l];
            }
        }
        return z[last];
    }

    private void draw(CounterRandom source, int rows, int columns, boolean antithetic, float[] out) {
        if (!antithetic) {
            NormalTable.fill(source, out, rows * columns);
            return;
        }
        NormalTable.fill(source, through, (rows + 1) / 2 * columns);
        for (int i = 0; i < rows; i++) {
            int from = i / 2 * columns;
            float sign = i % 2 == 0 ? 1 : -1;
            for (int j = 0; j < columns; j++) {
                out[i * columns + j] = sign * through[from + j];
            }
        }
    }

    /**
     * Adds the gradient of the loss to {@code gradMu} and {@code gradSigma2}.
     *
     * @param dOut ∂loss/∂outputs [n × outputs]
     * @param gradMu ∂loss/∂μ, added to
     * @param gradSigma2 ∂loss/∂σ², added to
     */
    public void backward(int n, float[] dOut, float[] gradMu, float[] gradSigma2) {
        int last = layers.size() - 1;
        System.arraycopy(dOut, 0, d[last], 0, n * layers.get(last).fanOut());
        for (int l = last; l >= 0; l--) {
            Layer layer = layers.get(l);
            int in = layer.fanIn();
            int out = layer.fanOut();
            float[] below = l == 0 ? input : a[l - 1];
            for (int i = 0; i < n * out; i++) {
                dVariance[l][i] = d[l][i] * noise[l][i] / (2 * deviation[l][i]);
            }
            accumulate(layer, n, below, d[l], gradMu);
            accumulate(layer, n, squared[l], dVariance[l], gradSigma2);
            if (l > 0) {
                Gemm.nt(n, in, out, dVariance[l], variance[l], 0, through);
                for (int i = 0; i < n * in; i++) {
                    d[l - 1][i] = 2 * below[i] * through[i];
                }
                Gemm.nt(n, in, out, d[l], mean[l], 1, d[l - 1]);
                activation.chain(n * in, z[l - 1], a[l - 1], d[l - 1]);
            }
        }
    }

    private void accumulate(Layer layer, int n, float[] below, float[] dz, float[] gradient) {
        Gemm.tn(layer.fanIn(), layer.fanOut(), n, below, dz, 0, weightGradient);
        for (int i = 0; i < layer.weightCount(); i++) {
            gradient[layer.weights() + i] += weightGradient[i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < layer.fanOut(); j++) {
                gradient[layer.biases() + j] += dz[i * layer.fanOut() + j];
            }
        }
    }
}
