package io.credence.network;

import io.credence.network.ParameterLayout.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * S sampled perceptrons: weights drawn once, for every event that is scored with them.
 *
 * <p>Immutable; threads share it.
 */
public final class SampledNetworks {
    private final List<Layer> layers;
    private final Activation activation;
    private final float[][][] weights;

    private SampledNetworks(List<Layer> layers, Activation activation, int samples) {
        this.layers = layers;
        this.activation = activation;
        this.weights = new float[samples][layers.size()][];
    }

    /** Where the parameters of the samples come from. */
    public interface Source {
        /** Overwrites {@code w} with the parameters of sample {@code s}, which are asked for in order. */
        void draw(int s, float[] w);
    }

    /**
     * Draws the samples.
     *
     * @param layout of the parameters
     * @param activation of the hidden layers
     * @param samples how many, S
     * @param source of the parameters
     */
    public static SampledNetworks draw(ParameterLayout layout, Activation activation, int samples, Source source) {
        SampledNetworks drawn = new SampledNetworks(layout.layers(), activation, samples);
        float[] w = new float[layout.size()];
        for (int s = 0; s < samples; s++) {
            source.draw(s, w);
            for (int l = 0; l < drawn.layers.size(); l++) {
                Layer layer = drawn.layers.get(l);
                drawn.weights[s][l] = Arrays.copyOfRange(w, layer.weights(), layer.end());
            }
        }
        return drawn;
    }

    /** How many, S. */
    public int samples() {
        return weights.length;
    }

    /** Bytes that the weights take. */
    public long bytes() {
        return 4L * samples() * layers.get(layers.size() - 1).end();
    }

    List<Layer> layers() {
        return layers;
    }

    Activation activation() {
        return activation;
    }

    /** Weights and, as a last row, biases of a layer of a sample: [fan-in + 1 × fan-out]. */
    float[] weights(int sample, int layer) {
        return weights[sample][layer];
    }
}
