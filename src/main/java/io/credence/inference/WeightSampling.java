package io.credence.inference;

import io.credence.linalg.Noise;

/**
 * Draws the weight samples that all events scored with one posterior share.
 *
 * @param seed of the noise
 * @param modelKey the model
 * @param samples how many, S
 */
record WeightSampling(long seed, String modelKey, int samples) {
    /**
     * S samples w = μ + σ∘ε, in antithetic pairs ε, −ε: [S][parameters].
     *
     * <p>The noise depends on the model alone and not on the version, so that predictions of successive versions differ
     * by what was learned, not by chance.
     */
    float[][] draw(Posterior q) {
        Noise noise = Noise.of(seed, Noise.hash(modelKey), 0, Purpose.WEIGHTS);
        int size = q.size();
        float[] epsilon = new float[size];
        float[][] w = new float[samples][size];
        for (int s = 0; s < samples; s++) {
            boolean mirrored = s % 2 == 1;
            if (!mirrored) {
                noise.fill(epsilon, size);
            }
            float sign = mirrored ? -1 : 1;
            for (int i = 0; i < size; i++) {
                w[s][i] = q.mu()[i] + sign * q.sigma()[i] * epsilon[i];
            }
        }
        return w;
    }
}
