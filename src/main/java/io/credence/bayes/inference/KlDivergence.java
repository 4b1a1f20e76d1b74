package io.credence.bayes.inference;

/**
 * KL(q‖p) of a mean-field Gaussian from a Gaussian prior, in closed form (Kingma &amp; Welling 2014, appendix B).
 *
 * <p>KL = ½ Σ ((σ² + (μ − m₀)²)/σ₀² − 1 + log(σ₀²/σ²)); its gradient is ∂/∂μ = (μ − m₀)/σ₀², ∂/∂σ² = ½ (1/σ₀² − 1/σ²).
 */
public final class KlDivergence {
    private KlDivergence() {}

    /** KL(q‖p), nats. */
    public static double of(float[] mu, float[] sigma2, Prior prior) {
        double sum = 0;
        for (int i = 0; i < mu.length; i++) {
            double prior2 = (double) prior.deviations()[i] * prior.deviations()[i];
            double delta = (double) mu[i] - prior.means()[i];
            sum += (sigma2[i] + delta * delta) / prior2 - 1 + Math.log(prior2 / sigma2[i]);
        }
        return 0.5 * sum;
    }

    /** ∂KL/∂μ of one parameter. */
    public static float gradientMu(float mu, float priorMean, float prior) {
        return (mu - priorMean) / (prior * prior);
    }

    /** ∂KL/∂σ² of one parameter. */
    public static float gradientSigma2(float sigma2, float prior) {
        return 0.5f * (1 / (prior * prior) - 1 / sigma2);
    }
}
