package io.credence.inference;

import io.credence.linalg.FastMath;

/**
 * q(w|θ) = N(μ, diag σ²) with σ = softplus(ρ): the mean-field Gaussian posterior.
 *
 * <p>Holds μ and ρ, and keeps σ and σ² beside them. Mutated in place by the update rules; elsewhere a value.
 */
public final class Posterior {
    /* σ² and 1/σ² of a deviation of 2e-9 are far inside the float range; it is zero beside any μ. */
    private static final float NARROWEST = -20;

    private final float[] mu;
    private final float[] rho;
    private final float[] sigma;
    private final float[] sigma2;

    private Posterior(float[] mu, float[] rho) {
        this.mu = mu;
        this.rho = rho;
        this.sigma = new float[mu.length];
        this.sigma2 = new float[mu.length];
        for (int i = 0; i < mu.length; i++) {
            refresh(i);
        }
    }

    /** A posterior of copies of μ and ρ. */
    public static Posterior of(float[] mu, float[] rho) {
        return new Posterior(mu.clone(), rho.clone());
    }

    /** Means μ; live, owned by this posterior. */
    public float[] mu() {
        return mu;
    }

    /** ρ, with σ = softplus(ρ); live, owned by this posterior. */
    public float[] rho() {
        return rho;
    }

    /** Deviations σ; live, owned by this posterior. */
    public float[] sigma() {
        return sigma;
    }

    /** Variances σ²; live, owned by this posterior. */
    public float[] sigma2() {
        return sigma2;
    }

    /** The number of parameters. */
    public int size() {
        return mu.length;
    }

    /** Sets one ρ, to no less than {@value #NARROWEST}. */
    void setRho(int i, float value) {
        rho[i] = Math.max(NARROWEST, value);
        refresh(i);
    }

    /** Sets one σ. */
    void setSigma(int i, float value) {
        setRho(i, (float) FastMath.inverseSoftplus(value));
    }

    /** Moves μ and ρ a share {@code weight} of the way to another posterior's. */
    void moveTowards(Posterior other, float weight) {
        for (int i = 0; i < mu.length; i++) {
            mu[i] += weight * (other.mu[i] - mu[i]);
            rho[i] += weight * (other.rho[i] - rho[i]);
            refresh(i);
        }
    }

    private void refresh(int i) {
        float s = (float) FastMath.softplus(rho[i]);
        sigma[i] = s;
        sigma2[i] = s * s;
    }
}
