package io.credence.bayes.inference;

/**
 * Bayes by backprop: Adam (Kingma &amp; Ba 2015) on μ and on ρ, each with its own rate, decaying as 1/√(1 + step/horizon).
 *
 * <p>Its moment vectors: m and v of μ, then m and v of ρ.
 *
 * @param muRate first step size of μ
 * @param rhoRate first step size of ρ; several times that of μ, since one pass gives few steps
 * @param horizon steps after which the rates have fallen to 1/√2
 * @param bounds within which ρ stays
 */
record AdamRule(double muRate, double rhoRate, double horizon, RhoBounds bounds) implements UpdateRule {
    /*
     * g_μ = ∂fit/∂μ + β/N·μ/σ₀²; g_σ² = ∂fit/∂σ² + β/2N·(1/σ₀² − 1/σ²); chain rule σ² → ρ: 2σ·sigmoid(ρ), and
     * sigmoid(ρ) comes with σ. Then m ← b₁m + (1−b₁)g, v ← b₂v + (1−b₂)g², step rate·m̂/(√v̂ + ε).
     */
    private static final float B1 = 0.9f;
    private static final float B2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float HUGE = 1e15f;

    @Override
    public void apply(Posterior q, ElboGradient gradient, Prior prior, double klWeight, float[][] moments, Age age) {
        double decay = 1 / Math.sqrt(1 + age.decayed() / horizon);
        double c1 = 1 / (1 - Math.pow(B1, age.step()));
        float c2 = (float) (1 / (1 - Math.pow(B2, age.step())));
        addKlOfMu(q, prior, (float) klWeight, gradient.mu);
        move(gradient.mu, moments[0], moments[1], (float) (muRate * decay * c1), c2, q.mu());
        addKlOfRho(q, prior, (float) klWeight, gradient.sigma2);
        move(gradient.sigma2, moments[2], moments[3], (float) (rhoRate * decay * c1), c2, q.rho());
        bounds.hold(q.rho());
        q.refresh();
    }

    private static void addKlOfMu(Posterior q, Prior prior, float klWeight, float[] g) {
        float[] mu = q.mu();
        float[] m0 = prior.means();
        float[] sigma0 = prior.deviations();
        for (int i = 0; i < g.length; i++) {
            g[i] += klWeight * KlDivergence.gradientMu(mu[i], m0[i], sigma0[i]);
        }
    }

    /** Turns a gradient with respect to σ² of the fit into that with respect to ρ of the whole loss. */
    private static void addKlOfRho(Posterior q, Prior prior, float klWeight, float[] g) {
        float[] sigma = q.sigma();
        float[] sigma2 = q.sigma2();
        float[] slope = q.slope();
        float[] sigma0 = prior.deviations();
        for (int i = 0; i < g.length; i++) {
            float toSigma2 = g[i] + klWeight * KlDivergence.gradientSigma2(sigma2[i], sigma0[i]);
            g[i] = toSigma2 * 2 * sigma[i] * slope[i];
        }
    }

    /** Adam's step; the gradient's square is held within the float range: a very narrow prior's need not be. */
    private static void move(float[] gradient, float[] m, float[] v, float rate, float c2, float[] moved) {
        for (int i = 0; i < gradient.length; i++) {
            float g = Math.max(-HUGE, Math.min(HUGE, gradient[i]));
            m[i] = B1 * m[i] + (1 - B1) * g;
            v[i] = B2 * v[i] + (1 - B2) * g * g;
            moved[i] -= rate * m[i] / ((float) Math.sqrt(v[i] * c2) + EPSILON);
        }
    }
}
