package io.credence.inference;

/**
 * KL(q‖p) of a mean-field Gaussian from a Gaussian prior, in closed form (Kingma & Welling 2014, appendix B).
 *
 * <p>KL = ½ Σ ((σ² + μ²)/σ₀² − 1 + log(σ₀²/σ²)); its gradient is ∂/∂μ = μ/σ₀², ∂/∂σ² = ½ (1/σ₀² − 1/σ²).
 */
public final class KlDivergence {
    private KlDivergence() {}

    /** KL(q‖p), nats. */
    public static double of(float[] mu, float[] sigma2, Prior prior) {
        double sum = 0;
        for (int i = 0; i < mu.length; i++) {
            double prior2 = (double) prior.deviations()[i] * prior.deviations()[i];
            sum += ((double) sigma2[i] + (double) mu[i] * mu[i]) / prior2 - 1 + Math.log(prior2 / sigma2[i]);
        }
        return 0.5 * sum;
    }

    /** ∂KL/∂μ of one parameter. */
    public static float gradientMu(float mu, float prior) {
        return mu / (prior * prior);
    }

    /** ∂KL/∂σ² of one parameter. */
    public static float gradientSigma2(float sigma2, float prior) {
        return 0.5f * (1 / (prior * prior) - 1 / sigma2);
    }
}
