package io.credence.bayes.inference;

/**
 * Improved variational online Newton (Shen et al. 2024, algorithm 1): a natural-gradient step of the mean-field
 * Gaussian, whose precision is a running mean of the Hessian's diagonal.
 *
 * <p>Its moment vectors: the gradient with momentum, then the diagonal h.
 *
 * @param muRate step size of μ, relative to a Newton step, decaying as that of {@link AdamRule}
 * @param hessianRate share of the newest Hessian estimate in the running mean
 * @param horizon steps after which the rate of μ has fallen to 1/√2
 * @param bounds within which ρ stays
 */
record VonRule(double muRate, double hessianRate, double horizon, RhoBounds bounds) implements UpdateRule {
    /*
     * With λ = N/β and δ = 1/(λσ₀²):  h ← (1 − τ)h + τĥ + ½τ²(h − ĥ)²/(h + δ)  (a Riemannian step: h + δ stays
     * positive),  μ ← μ − α(ḡ + δ(μ − m₀))/(h + δ) with the step held to RADIUS·σ₀,  σ² = 1/(λ(h + δ)). By Price's
     * theorem the expected Hessian is ĥ = 2·∂fit/∂σ², which local reparameterisation estimates with little variance.
     * δ falls as N grows and h does not know: h + δ is held to a share of δ. ḡ is the gradient with momentum. h
     * starts at START: the loss is in units of one standardised event.
     */
    private static final float B1 = 0.9f;
    private static final float START = 1;
    private static final float RADIUS = 0.1f;
    private static final float LARGEST_CHANGE = 1;
    private static final float FLATTEST = 1e-12f;
    private static final float FLATTEST_SHARE = 1e-3f;
    private static final float STEEPEST = 1e12f;

    @Override
    public void apply(Posterior q, ElboGradient gradient, Prior prior, double klWeight, float[][] moments, Age age) {
        float[] mu = q.mu();
        float[] momentum = moments[0];
        float[] hessian = moments[1];
        float alpha = (float) (muRate / Math.sqrt(1 + age.decayed() / horizon));
        float tau = (float) hessianRate;
        float c1 = (float) (1 / (1 - Math.pow(B1, age.step())));
        for (int i = 0; i < mu.length; i++) {
            float sigma0 = prior.deviations()[i];
            float delta = (float) klWeight / (sigma0 * sigma0);
            float h = age.step() == 1 ? START : hessian[i];
            float flattest = Math.max(FLATTEST, FLATTEST_SHARE * delta);
            float curvature = Math.max(flattest, h + delta);
            float change = (2 * gradient.sigma2[i] - h) / curvature;
            float held = Math.max(-LARGEST_CHANGE / tau, Math.min(LARGEST_CHANGE / tau, change));
            curvature *= 1 + tau * held + 0.5f * tau * tau * held * held;
            curvature = Math.max(flattest, Math.min(STEEPEST, curvature));
            hessian[i] = curvature - delta;
            float m = momentum[i] = B1 * momentum[i] + (1 - B1) * gradient.mu[i];
            float pull = delta * (mu[i] - prior.means()[i]);
            float move = alpha * (c1 * m + pull) / curvature;
            mu[i] -= Math.max(-RADIUS * sigma0, Math.min(RADIUS * sigma0, move));
            q.setSigma(i, (float) Math.sqrt(klWeight / curvature));
            q.setRho(i, bounds.hold(i, q.rho()[i]));
        }
    }
}
