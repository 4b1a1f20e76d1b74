package io.credence.bayes.inference;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.SampledNetworks;

/**
 * Draws the weight samples that all events scored with one posterior share: w = μ + σ∘ε, in antithetic pairs ε, −ε.
 *
 * <p>The noise depends on the model alone and not on the version, so that predictions of successive versions differ by
 * what was learned, not by chance.
 */
final class WeightSampling implements SampledNetworks.Source {
    private final Posterior q;
    private final CounterRandom noise;
    private final float[] epsilon;

    /**
     * @param seed of the noise
     * @param modelKey the model
     * @param q the posterior
     */
    WeightSampling(long seed, String modelKey, Posterior q) {
        this.q = q;
        this.noise = CounterRandom.of(seed, CounterRandom.hash(modelKey), 0, Purpose.WEIGHTS);
        this.epsilon = new float[q.size()];
    }

    @Override
    public void draw(int s, float[] w) {
        boolean mirrored = s % 2 == 1;
        if (!mirrored) {
            noise.fill(epsilon, w.length);
        }
        add(q.mu(), q.sigma(), mirrored ? -1 : 1, w);
    }

    private void add(float[] mu, float[] sigma, float sign, float[] w) {
        for (int i = 0; i < w.length; i++) {
            w[i] = mu[i] + sign * sigma[i] * epsilon[i];
        }
    }
}
