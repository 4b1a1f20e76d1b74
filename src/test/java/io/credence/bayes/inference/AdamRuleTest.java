package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Steps of the rule against the equations of the page about the mathematics, in double precision. */
class AdamRuleTest {
    private static final double MU_RATE = 0.01;
    private static final double RHO_RATE = 0.03;
    private static final double HORIZON = 100;
    private static final double KL_WEIGHT = 0.3;
    private static final float[] MEANS = {0.5f, 0, -1};
    private static final float[] DEVIATIONS = {2, 1.5f, 0.8f};
    private static final float[] MU_GRADIENT = {0.7f, -2, 0.01f};
    private static final float[] SIGMA2_GRADIENT = {1.3f, -0.4f, 25};

    private final double[] mu = {0.2, -0.3, 1};
    private final double[] rho = {-2, -1, -3};
    private final double[][] m = new double[2][3];
    private final double[][] v = new double[2][3];

    @Test
    void shouldMoveAsTheEquationsSayWhenSeveralStepsAreTaken() {
        Prior prior = new Prior(MEANS, DEVIATIONS);
        AdamRule rule = new AdamRule(MU_RATE, RHO_RATE, HORIZON, RhoBounds.of(prior));
        Posterior q = Posterior.of(floats(mu), floats(rho));
        float[][] moments = new float[4][3];
        for (int k = 1; k <= 5; k++) {
            // The gradient turns round, so that both moments matter.
            int sign = k % 2 == 0 ? -1 : 1;
            ElboGradient gradient = new ElboGradient(3);
            for (int i = 0; i < 3; i++) {
                gradient.mu[i] = sign * MU_GRADIENT[i];
                gradient.sigma2[i] = sign * SIGMA2_GRADIENT[i];
            }
            rule.apply(q, gradient, prior, KL_WEIGHT, moments, new UpdateRule.Age(k, 40 * k));
            expect(k, sign);
            for (int i = 0; i < 3; i++) {
                assertEquals(mu[i], q.mu()[i], 1e-5, "μ of " + i + " after step " + k);
                assertEquals(rho[i], q.rho()[i], 1e-5, "ρ of " + i + " after step " + k);
                assertEquals(Math.log1p(Math.exp(rho[i])), q.sigma()[i], 1e-5, "σ of " + i + " after step " + k);
            }
        }
    }

    private void expect(int k, int sign) {
        for (int i = 0; i < 3; i++) {
            double sigma = Math.log1p(Math.exp(rho[i]));
            double prior = (double) DEVIATIONS[i] * DEVIATIONS[i];
            double ofMu = sign * MU_GRADIENT[i] + KL_WEIGHT * (mu[i] - MEANS[i]) / prior;
            double ofSigma2 = sign * SIGMA2_GRADIENT[i] + KL_WEIGHT / 2 * (1 / prior - 1 / (sigma * sigma));
            double ofRho = ofSigma2 * 2 * sigma / (1 + Math.exp(-rho[i]));
            mu[i] -= step(0, i, ofMu, MU_RATE, k);
            rho[i] -= step(1, i, ofRho, RHO_RATE, k);
        }
    }

    private double step(int which, int i, double g, double rate, int k) {
        m[which][i] = 0.9 * m[which][i] + 0.1 * g;
        v[which][i] = 0.999 * v[which][i] + 0.001 * g * g;
        double corrected = m[which][i] / (1 - Math.pow(0.9, k));
        double size = Math.sqrt(v[which][i] / (1 - Math.pow(0.999, k)));
        return rate / Math.sqrt(1 + 40 * k / HORIZON) * corrected / (size + 1e-8);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
