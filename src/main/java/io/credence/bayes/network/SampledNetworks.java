package io.credence.bayes.network;

import io.credence.bayes.network.ParameterLayout.Layer;
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
    private final float[][][][] weights;

    private SampledNetworks(List<Layer> layers, Activation activation, int samples) {
        this.layers = layers;
        this.activation = activation;
        this.weights = new float[samples][layers.size()][][];
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
                drawn.weights[s][l] = rows(w, layer);
            }
        }
        return drawn;
    }

    /** A row for each input; those of a single unit are numbers, and lie in one row. */
    private static float[][] rows(float[] w, Layer layer) {
        int length = layer.fanOut() == 1 ? layer.fanIn() + 1 : layer.fanOut();
        float[][] rows = new float[(layer.end() - layer.weights()) / length][];
        for (int r = 0; r < rows.length; r++) {
            int from = layer.weights() + r * length;
            rows[r] = Arrays.copyOfRange(w, from, from + length);
        }
        return rows;
    }

    /** How many, S. */
    public int samples() {
        return weights.length;
    }

    List<Layer> layers() {
        return layers;
    }

    Activation activation() {
        return activation;
    }

    /**
     * Weights and, as a last row, biases of a layer of a sample: [fan-in + 1][fan-out]; for a single unit
     * [1][fan-in + 1].
     */
    float[][] weights(int sample, int layer) {
        return weights[sample][layer];
    }
}
