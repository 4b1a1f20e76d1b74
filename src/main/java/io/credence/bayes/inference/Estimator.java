package io.credence.bayes.inference;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Activation;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.LocalPass;
import io.credence.bayes.network.ParameterLayout;
import io.credence.bayes.network.WeightPass;

/** An unbiased estimate of E_q[Σᵢ cᵢ · −log p(yᵢ | xᵢ, w)] and of its gradient with respect to (μ, σ²). */
interface Estimator {
    /**
     * Overwrites {@code out} with the mean of the estimates of S samples.
     *
     * @param batch of b events with weights cᵢ
     * @param q over P weights
     * @param likelihood of the standardised labels
     * @param samples S
     * @param noise used up in the order of the samples
     * @param out gradients [P] and [P], and the value in nats; need not be cleared before
     */
    void estimate(
            WeightedBatch batch,
            Posterior q,
            Likelihood likelihood,
            int samples,
            CounterRandom noise,
            ElboGradient out);

    static Estimator of(
            EstimatorKind kind, ParameterLayout layout, Activation activation, int capacity, double tolerance) {
        return kind == EstimatorKind.LOCAL
                ? new Local(
                        new LocalPass(layout, activation, capacity),
                        new float[capacity * layout.outputs()],
                        new ElboGradient(layout.size()),
                        tolerance)
                : new Shared(
                        new WeightPass(layout, activation, capacity),
                        new float[capacity * layout.outputs()],
                        new float[layout.size()],
                        new float[layout.size()],
                        new float[layout.size()],
                        tolerance);
    }

    /**
     * Weighted loss, and its gradient with respect to the outputs: an event further than the tolerance from what is
     * expected pulls no more than one at the tolerance would, a weighted likelihood (Duran-Martin et al. 2024, section
     * 3) with weight min(1, tolerance²/z²).
     */
    private static double loss(
            WeightedBatch batch, Likelihood likelihood, float[] f, float scale, double tolerance, float[] df) {
        double sum = 0;
        for (int i = 0; i < batch.size; i++) {
            int at = i * likelihood.outputs();
            sum -= batch.weight[i] * scale * likelihood.logLikelihood(f, at, batch.y[i]);
            double z2 = tolerance > 0 ? likelihood.surprise(f, at, batch.y[i]) : 0;
            double influence = z2 <= tolerance * tolerance ? 1 : tolerance * tolerance / z2;
            influence *= tolerance > 0 ? likelihood.weight(f, at) : 1;
            likelihood.gradient(f, at, batch.y[i], (float) (batch.weight[i] * scale * influence), df);
        }
        return sum;
    }

    /** Local reparameterisation (Kingma, Salimans &amp; Welling 2015): a sample for each event, lower variance. */
    record Local(LocalPass pass, float[] df, ElboGradient one, double tolerance) implements Estimator {
        @Override
        public void estimate(
                WeightedBatch batch,
                Posterior q,
                Likelihood likelihood,
                int samples,
                CounterRandom noise,
                ElboGradient out) {
            out.fit = 0;
            for (int s = 0; s < samples; s++) {
                float[] f = pass.forward(batch.size, batch.x, q.mu(), q.sigma2(), noise);
                out.fit += loss(batch, likelihood, f, 1f / samples, tolerance, df);
                boolean first = s == 0;
                pass.backward(batch.size, df, first ? out.mu : one.mu, first ? out.sigma2 : one.sigma2);
                if (!first) {
                    out.plus(one);
                }
            }
        }
    }

    /**
     * One weight sample w = μ + σ∘ε for the whole minibatch (Blundell et al. 2015, section 3.2): ∂/∂μ = g,
     * ∂/∂σ² = g∘ε/(2σ) with g the gradient at w.
     */
    record Shared(WeightPass pass, float[] df, float[] epsilon, float[] w, float[] g, double tolerance)
            implements Estimator {
        @Override
        public void estimate(
                WeightedBatch batch,
                Posterior q,
                Likelihood likelihood,
                int samples,
                CounterRandom noise,
                ElboGradient out) {
            float[] mu = q.mu();
            float[] sigma = q.sigma();
            out.clear();
            for (int s = 0; s < samples; s++) {
                noise.fill(epsilon, w.length);
                for (int i = 0; i < w.length; i++) {
                    w[i] = mu[i] + sigma[i] * epsilon[i];
                    g[i] = 0;
                }
                float[] f = pass.forward(batch.size, batch.x, w);
                out.fit += loss(batch, likelihood, f, 1f / samples, tolerance, df);
                pass.backward(batch.size, df, g);
                for (int i = 0; i < w.length; i++) {
                    out.mu[i] += g[i];
                    out.sigma2[i] += 0.5f * g[i] * epsilon[i] / sigma[i];
                }
            }
        }
    }
}
