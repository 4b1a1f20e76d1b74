package io.credence.bayes.network;

import io.credence.bayes.linalg.Gemm;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.List;

/**
 * Forward and backward pass of the perceptron for one weight vector shared by a whole minibatch.
 *
 * <p>Holds its buffers; one thread. A backward pass belongs to the forward pass before it.
 */
public final class WeightPass {
    private final List<Layer> layers;
    private final Activation activation;
    private final int capacity;
    private final float[][] weights;
    private final float[][] z;
    private final float[][] a;
    private final float[][] d;
    private final float[] weightGradient;
    private float[] input = {};

    /** @param capacity the largest minibatch */
    public WeightPass(ParameterLayout layout, Activation activation, int capacity) {
        this.layers = layout.layers();
        this.activation = activation;
        this.capacity = capacity;
        int count = layers.size();
        this.weights = new float[count][];
        this.z = new float[count][];
        this.a = new float[count][];
        this.d = new float[count][];
        int largest = 0;
        for (int l = 0; l < count; l++) {
            Layer layer = layers.get(l);
            weights[l] = new float[layer.weightCount()];
            z[l] = new float[capacity * layer.fanOut()];
            a[l] = new float[capacity * layer.fanOut()];
            d[l] = new float[capacity * layer.fanOut()];
            largest = Math.max(largest, layer.weightCount());
        }
        this.weightGradient = new float[largest];
    }

    /** The largest minibatch. */
    public int capacity() {
        return capacity;
    }

    /**
     * Outputs for {@code n} events.
     *
     * @param x inputs [n × inputs]
     * @param w parameters in {@link ParameterLayout} order
     * @return outputs [n × outputs], valid until the next call
     */
    public float[] forward(int n, float[] x, float[] w) {
        input = x;
        float[] below = x;
        int last = layers.size() - 1;
        for (int l = 0; l <= last; l++) {
            Layer layer = layers.get(l);
            System.arraycopy(w, layer.weights(), weights[l], 0, weights[l].length);
            for (int i = 0; i < n; i++) {
                System.arraycopy(w, layer.biases(), z[l], i * layer.fanOut(), layer.fanOut());
            }
            Gemm.nn(n, layer.fanOut(), layer.fanIn(), below, weights[l], 1, z[l]);
            if (l < last) {
                activation.apply(n * layer.fanOut(), z[l], a[l]);
                below = a[l];
            }
        }
        return z[last];
    }

    /** What the last layer was made of in the last forward pass, [n × its fan-in]. */
    public float[] features() {
        return layers.size() == 1 ? input : a[layers.size() - 2];
    }

    /**
     * Adds the gradient of the loss to {@code gradient}.
     *
     * @param dOut ∂loss/∂outputs [n × outputs]
     * @param gradient ∂loss/∂parameters, added to
     */
    public void backward(int n, float[] dOut, float[] gradient) {
        int last = layers.size() - 1;
        System.arraycopy(dOut, 0, d[last], 0, n * layers.get(last).fanOut());
        for (int l = last; l >= 0; l--) {
            Layer layer = layers.get(l);
            int out = layer.fanOut();
            float[] below = l == 0 ? input : a[l - 1];
            Gemm.tn(layer.fanIn(), out, n, below, d[l], 0, weightGradient);
            for (int i = 0; i < layer.weightCount(); i++) {
                gradient[layer.weights() + i] += weightGradient[i];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < out; j++) {
                    gradient[layer.biases() + j] += d[l][i * out + j];
                }
            }
            if (l > 0) {
                Gemm.nt(n, layer.fanIn(), out, d[l], weights[l], 0, d[l - 1]);
                activation.chain(n * layer.fanIn(), z[l - 1], a[l - 1], d[l - 1]);
            }
        }
    }
}
