package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorTest {
    private final ParameterLayout layout = new ParameterLayout(50, List.of(40), 1);

    @Test
    void shouldScaleByFanInWhenNoScaleIsGiven() {
        Prior prior = Prior.of(layout, 0);
        assertEquals(Math.sqrt(2.0 / 50), prior.deviations()[0], 1e-6);
        assertEquals(
                Math.sqrt(1.0 / 40), prior.deviations()[layout.layers().get(1).weights()], 1e-6);
        assertEquals(1, prior.deviations()[layout.layers().get(0).biases()]);
        assertEquals(0.3f, Prior.of(layout, 0.3).deviations()[0]);
    }

    /** With the hyper-prior negligible, the σ₀ that minimises KL(q‖p) is the root mean square of μ² + σ². */
    @Test
    void shouldFindTheScaleThatMinimisesTheKlWhenFitted() {
        float[] mu = new float[layout.size()];
        float[] rho = new float[layout.size()];
        CounterRandom.of(1, 2, 3, 4).fill(mu, mu.length);
        for (int i = 0; i < mu.length; i++) {
            mu[i] *= 0.3f;
        }
        Arrays.fill(rho, -3);
        Posterior q = Posterior.of(mu, rho);
        Prior fitted = Prior.of(layout, 0).fitted(layout, q);
        double best = kl(q, fitted.deviations()[0]);
        double tolerance = 1e-3 * Math.abs(best);
        for (double factor : new double[] {0.8, 0.9, 1.1, 1.25}) {
            double other = kl(q, (float) (factor * fitted.deviations()[0]));
            assertEquals(true, other > best - tolerance, "a scale " + factor + " times as large");
            assertEquals(true, other > best + 5 || Math.abs(factor - 1) < 0.15, "clearly worse at " + factor);
        }
    }

    private double kl(Posterior q, float scale) {
        Prior prior = Prior.of(layout, 0);
        Arrays.fill(prior.deviations(), 0, layout.layers().get(0).biases(), scale);
        return KlDivergence.of(q.mu(), q.sigma2(), prior);
    }
}
