package io.credence.bayes.inference;

import io.credence.bayes.network.ParameterLayout;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.Arrays;

/**
 * p(w) = N(m₀, diag σ₀²): the Gaussian prior, with its own scale for the weights of each layer and for biases.
 *
 * @param means m₀ of every parameter; zero but for a recursive posterior; owned by this value
 * @param deviations σ₀ of every parameter, in {@link ParameterLayout} order; owned by this value
 */
public record Prior(float[] means, float[] deviations) {
    private static final float BIAS = 1f;
    private static final double PSEUDO = 10;

    /**
     * The prior of a network.
     *
     * @param scale σ₀ of every weight, or 0 for √2/√fan-in in hidden layers (He et al. 2015: it keeps the variance of
     *     rectified layers) and 1/√fan-in in the last
     */
    public static Prior of(ParameterLayout layout, double scale) {
        float[] deviations = new float[layout.size()];
        for (Layer layer : layout.layers()) {
            boolean last = layer.end() == layout.size();
            double gain = last ? 1 : Math.sqrt(2);
            float sigma = (float) (scale > 0 ? scale : gain / Math.sqrt(layer.fanIn()));
            Arrays.fill(deviations, layer.weights(), layer.biases(), sigma);
            Arrays.fill(deviations, layer.biases(), layer.end(), BIAS);
        }
        return new Prior(new float[deviations.length], deviations);
    }

    /**
     * This prior with the scale of each layer's weights moved to where the posterior lies (Wu et al. 2019, eq. 12).
     *
     * <p>Empirical Bayes in closed form: with an inverse-gamma hyper-prior worth PSEUDO weights at this prior's scale,
     * σ₀² ← (Σ(σ² + μ²) + PSEUDO·σ₀²)/(n + PSEUDO + 2). Biases keep their scale.
     */
    Prior fitted(ParameterLayout layout, Posterior q) {
        float[] fitted = deviations.clone();
        for (Layer layer : layout.layers()) {
            double sum = 0;
            for (int i = layer.weights(); i < layer.biases(); i++) {
                sum += (double) q.sigma2()[i] + (double) q.mu()[i] * q.mu()[i];
            }
            double before = deviations[layer.weights()];
            double after = (sum + PSEUDO * before * before) / (layer.weightCount() + PSEUDO + 2);
            Arrays.fill(fitted, layer.weights(), layer.biases(), (float) Math.sqrt(after));
        }
        return new Prior(means, fitted);
    }

    /** A posterior as the prior of what comes next (recursive Bayes). */
    static Prior of(Posterior posterior) {
        return new Prior(posterior.mu().clone(), posterior.sigma().clone());
    }

    /** The belief before any event. */
    Posterior asPosterior() {
        Posterior q = Posterior.of(means, new float[size()]);
        for (int i = 0; i < size(); i++) {
            q.setSigma(i, deviations[i]);
        }
        return q;
    }

    /** The number of parameters. */
    public int size() {
        return deviations.length;
    }
}
