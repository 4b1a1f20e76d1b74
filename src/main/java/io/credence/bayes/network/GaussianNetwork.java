package io.credence.bayes.network;

import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.List;

/**
 * A perceptron whose parameters are independent Gaussians: their means and variances, layer by layer.
 *
 * <p>Threads may share it once it is filled.
 */
public final class GaussianNetwork {
    private final List<Layer> layers;
    private final Activation activation;
    private final float[][][] means;
    private final float[][][] variances;
    private OutputCovariance covariance = OutputCovariance.NONE;

    /**
     * A network of zeros.
     *
     * @param layout of the parameters
     * @param activation of the hidden layers
     */
    public GaussianNetwork(ParameterLayout layout, Activation activation) {
        this.layers = layout.layers();
        this.activation = activation;
        this.means = layers.stream().map(GaussianNetwork::rows).toArray(float[][][]::new);
        this.variances = layers.stream().map(GaussianNetwork::rows).toArray(float[][][]::new);
    }

    /** A row for each input and one of the biases; those of a single unit are numbers, and lie in one row. */
    private static float[][] rows(Layer layer) {
        boolean single = layer.fanOut() == 1;
        return new float[single ? 1 : layer.fanIn() + 1][single ? layer.fanIn() + 1 : layer.fanOut()];
    }

    /**
     * Overwrites the parameters with copies of these.
     *
     * @param mu means of the parameters
     * @param sigma2 variances of the parameters
     */
    public GaussianNetwork put(float[] mu, float[] sigma2) {
        for (int l = 0; l < layers.size(); l++) {
            put(mu, layers.get(l).weights(), means[l]);
            put(sigma2, layers.get(l).weights(), variances[l]);
        }
        return this;
    }

    /**
     * Takes weights with correlations among those of the output, whose variances in {@code sigma2} do not count.
     *
     * @param output of these weights, or none
     */
    public GaussianNetwork put(float[] mu, float[] sigma2, OutputCovariance output) {
        covariance = output;
        return put(mu, sigma2);
    }

    OutputCovariance covariance() {
        return covariance;
    }

    private static void put(float[] parameters, int from, float[][] rows) {
        int at = from;
        for (float[] row : rows) {
            System.arraycopy(parameters, at, row, 0, row.length);
            at += row.length;
        }
    }

    List<Layer> layers() {
        return layers;
    }

    Activation activation() {
        return activation;
    }

    /** [fan-in + 1][fan-out], the last row the biases; for a single unit [1][fan-in + 1]. */
    float[][] means(int layer) {
        return means[layer];
    }

    /** In the same order. */
    float[][] variances(int layer) {
        return variances[layer];
    }
}
