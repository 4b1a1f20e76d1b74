package io.credence.inference;

/**
 * Variational online Newton (Khan et al. 2018, eq. 9–10): a natural-gradient step of the mean-field Gaussian.
 *
 * @param rate step size of both precision and mean at the start
 * @param horizon steps after which the rate has fallen to 1/√2
 * @param bounds within which ρ stays
 */
record VonRule(double rate, double horizon, RhoBounds bounds) implements UpdateRule {
    /*
     * With s = 1/(Nσ²) a scaled precision: s ← (1 − ρ)·s + ρ·(ĥ + β/N/σ₀²), μ ← μ − ρ·m̂/s. By Price's theorem the
     * expected Hessian is ĥ = 2·∂fit/∂σ². Momentum on the gradient as in Adam; the change of s within a step is held
     * to a factor of two, and a negative ĥ cannot make s negative.
     */
    private static final float B1 = 0.9f;
    private static final float TRUST = 1f;

    @Override
    public int momentVectors() {
        return 1;
    }

    @Override
    public void apply(Posterior q, ElboGradient gradient, Prior prior, double klWeight, float[] moments, long step) {
        float[] mu = q.mu();
        float kl = (float) klWeight;
        float r = (float) (rate / Math.sqrt(1 + step / horizon));
        float c1 = (float) (1 / (1 - Math.pow(B1, step)));
        for (int i = 0; i < mu.length; i++) {
            float sigma0 = prior.deviations()[i];
            float precision0 = 1 / (sigma0 * sigma0);
            float s = kl / q.sigma2()[i];
            float target = 2 * gradient.sigma2[i] + kl * precision0;
            float next = Math.max(s / 2, Math.min(2 * s, (1 - r) * s + r * target));
            float g = gradient.mu[i] + kl * KlDivergence.gradientMu(mu[i], prior.means()[i], sigma0);
            float m = moments[i] = B1 * moments[i] + (1 - B1) * g;
            float move = r * c1 * m / next;
            mu[i] -= Math.max(-TRUST * sigma0, Math.min(TRUST * sigma0, move));
            q.setSigma(i, (float) Math.sqrt(kl / next));
            q.setRho(i, bounds.hold(i, q.rho()[i]));
        }
    }
}
