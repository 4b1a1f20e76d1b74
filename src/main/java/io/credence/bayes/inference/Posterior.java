package io.credence.bayes.inference;

import io.credence.bayes.linalg.FastMath;

/**
 * q(w|θ) = N(μ, diag σ²) with σ = softplus(ρ): the mean-field Gaussian posterior.
 *
 * <p>Holds μ and ρ, and keeps σ and σ² beside them. Mutated in place by the update rules; elsewhere a value.
 */
public final class Posterior {
    /* σ² and 1/σ² of a deviation of 2e-9 are far inside the float range; it is zero beside any μ. */
    private static final float NARROWEST = -20;

    /* Up to here the third order of the series is below the rounding of ρ. */
    private static final double TAYLOR = 1e-3;

    private final float[] mu;
    private final float[] rho;
    private final float[] sigma;
    private final float[] sigma2;
    private final float[] slope;

    private Posterior(float[] mu, float[] rho) {
        this.mu = mu;
        this.rho = rho;
        this.sigma = new float[mu.length];
        this.sigma2 = new float[mu.length];
        this.slope = new float[mu.length];
        refresh();
    }

    /** A posterior of copies of μ and ρ. */
    public static Posterior of(float[] mu, float[] rho) {
        return new Posterior(mu.clone(), rho.clone());
    }

    /** A posterior of its own with the same numbers. */
    Posterior copy() {
        return of(mu, rho);
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

    /** dσ/dρ; live, owned by this posterior. */
    float[] slope() {
        return slope;
    }

    /** The number of parameters. */
    public int size() {
        return mu.length;
    }

    /** Sets one ρ, to no less than {@value #NARROWEST}. */
    void setRho(int i, float value) {
        rho[i] = Math.max(NARROWEST, value);
        sigma[i] = FastMath.softplus(rho[i]);
        slope[i] = FastMath.sigmoid(rho[i]);
        sigma2[i] = sigma[i] * sigma[i];
    }

    /** Sets one σ. */
    void setSigma(int i, float value) {
        setRho(i, (float) FastMath.inverseSoftplus(value));
    }

    /** Multiplies one σ. */
    void scaleSigma(int i, double factor) {
        setRho(i, (float) scaledRho(i, factor));
    }

    /**
     * ρ of {@code factor}·σ. A factor is usually near to one, and comes with every event: a Taylor step costs little,
     * and does not add up the errors of softplus as its inversion would.
     */
    private double scaledRho(int i, double factor) {
        double change = factor - 1;
        if (Math.abs(change) > TAYLOR) {
            return FastMath.inverseSoftplus(sigma[i] * factor);
        }
        double step = sigma[i] * change / slope[i];
        return rho[i] + step - 0.5 * (1 - slope[i]) * step * step;
    }

    /** Moves μ and ρ a share {@code weight} of the way to those of another posterior. */
    void moveTowards(Posterior other, float weight) {
        move(mu, other.mu, weight);
        move(rho, other.rho, weight);
        refresh();
    }

    private static void move(float[] from, float[] to, float weight) {
        for (int i = 0; i < from.length; i++) {
            from[i] += weight * (to[i] - from[i]);
        }
    }

    /** Holds every ρ in its range and follows with σ, after ρ was written to in bulk. */
    void refresh() {
        for (int i = 0; i < rho.length; i++) {
            rho[i] = Math.max(NARROWEST, rho[i]);
        }
        FastMath.softplus(rho.length, rho, sigma, slope);
        for (int i = 0; i < sigma.length; i++) {
            sigma2[i] = sigma[i] * sigma[i];
        }
    }
}
