package io.credence.bayes.inference;

import java.util.Arrays;

/**
 * One stochastic gradient of the expected negative log-likelihood with respect to (μ, σ²), each [P], and its value
 * {@code fit}, nats; both divided by N. Buffers, overwritten by each step.
 */
public final class ElboGradient {
    final float[] mu;
    final float[] sigma2;
    double fit;

    ElboGradient(int size) {
        this.mu = new float[size];
        this.sigma2 = new float[size];
    }

    void clear() {
        Arrays.fill(mu, 0);
        Arrays.fill(sigma2, 0);
        fit = 0;
    }

    void plus(ElboGradient other) {
        for (int i = 0; i < mu.length; i++) {
            mu[i] += other.mu[i];
            sigma2[i] += other.sigma2[i];
        }
    }

    /** Whether every number in it is finite and below {@code limit} in size. */
    boolean within(float limit) {
        float largest = 0;
        for (int i = 0; i < mu.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(mu[i]), Math.abs(sigma2[i])));
        }
        return largest < limit && Double.isFinite(fit);
    }
}
