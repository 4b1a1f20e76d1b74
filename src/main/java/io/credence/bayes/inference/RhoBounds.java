package io.credence.bayes.inference;

import io.credence.bayes.linalg.FastMath;

/**
 * The range in which ρ is held: σ neither collapses to a point estimate nor grows wider than the prior.
 *
 * @param low smallest ρ of each parameter
 * @param high largest ρ of each parameter
 */
record RhoBounds(float[] low, float[] high) {
    private static final double FLOOR = 1e-4;

    /** σ within [σ₀/10⁴, σ₀]. */
    static RhoBounds of(Prior prior) {
        float[] low = new float[prior.size()];
        float[] high = new float[prior.size()];
        for (int i = 0; i < low.length; i++) {
            low[i] = (float) FastMath.inverseSoftplus(FLOOR * prior.deviations()[i]);
            high[i] = (float) FastMath.inverseSoftplus(prior.deviations()[i]);
        }
        return new RhoBounds(low, high);
    }

    /** The ρ nearest to {@code value} in the range. */
    float hold(int i, float value) {
        return Math.max(low[i], Math.min(high[i], value));
    }

    /** Holds every ρ in its range. */
    void hold(float[] rho) {
        for (int i = 0; i < rho.length; i++) {
            rho[i] = Math.max(low[i], Math.min(high[i], rho[i]));
        }
    }
}
