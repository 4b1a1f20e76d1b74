package io.credence.inference;

import io.credence.linalg.FastMath;

/**
 * Bayes by backprop: Adam (Kingma & Ba 2015) on μ and on ρ, each with its own rate, decaying as 1/√(1 + step/horizon).
 *
 * @param muRate first step size of μ
 * @param rhoRate first step size of ρ; several times that of μ, since one pass gives few steps
 * @param horizon steps after which the rates have fallen to 1/√2
 * @param bounds within which ρ stays
 */
record AdamRule(double muRate, double rhoRate, double horizon, RhoBounds bounds) implements UpdateRule {
    /*
     * g_μ = ∂fit/∂μ + β/N·μ/σ₀²; g_σ² = ∂fit/∂σ² + β/2N·(1/σ₀² − 1/σ²); chain rule σ² → ρ: 2σ·sigmoid(ρ), and
     * sigmoid(ρ) = 1 − e^−σ. Then m ← b₁m + (1−b₁)g, v ← b₂v + (1−b₂)g², step rate·m̂/(√v̂ + ε).
     */
    private static final float B1 = 0.9f;
    private static final float B2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float HUGE = 1e15f;

    @Override
    public int momentVectors() {
        return 4;
    }

    @Override
    public void apply(Posterior q, ElboGradient gradient, Prior prior, double klWeight, float[] moments, long step) {
        int n = q.size();
        float[] mu = q.mu();
        float[] rho = q.rho();
        float[] sigma = q.sigma();
        float[] sigma2 = q.sigma2();
        double decay = 1 / Math.sqrt(1 + step / horizon);
        float c1 = (float) (1 / (1 - Math.pow(B1, step)));
        float c2 = (float) (1 / (1 - Math.pow(B2, step)));
        float rateMu = (float) (muRate * decay) * c1;
        float rateRho = (float) (rhoRate * decay) * c1;
        float kl = (float) klWeight;
        for (int i = 0; i < n; i++) {
            float sigma0 = prior.deviations()[i];
            float g = held(gradient.mu[i] + kl * KlDivergence.gradientMu(mu[i], prior.means()[i], sigma0));
            float m = moments[i] = B1 * moments[i] + (1 - B1) * g;
            float v = moments[n + i] = B2 * moments[n + i] + (1 - B2) * g * g;
            mu[i] -= rateMu * m / ((float) Math.sqrt(v * c2) + EPSILON);

            float s = sigma[i];
            float slope = (float) (1 - FastMath.exp(-s));
            float toSigma2 = gradient.sigma2[i] + kl * KlDivergence.gradientSigma2(sigma2[i], sigma0);
            float h = held(toSigma2 * 2 * s * slope);
            float a = moments[2 * n + i] = B1 * moments[2 * n + i] + (1 - B1) * h;
            float b = moments[3 * n + i] = B2 * moments[3 * n + i] + (1 - B2) * h * h;
            float moved = rho[i] - rateRho * a / ((float) Math.sqrt(b * c2) + EPSILON);
            q.setRho(i, bounds.hold(i, moved));
        }
    }

    /** A gradient whose square is within the float range: a very narrow prior's need not be. */
    private static float held(float g) {
        return Math.max(-HUGE, Math.min(HUGE, g));
    }
}
