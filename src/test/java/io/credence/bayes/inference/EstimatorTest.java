package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Activation;
import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.ParameterLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both estimators are unbiased for one and the same expected loss and its gradient. */
class EstimatorTest {
    private static final int EVENTS = 4;
    private static final int INPUTS = 2;

    static Stream<Likelihood> likelihoods() {
        return Stream.of(
                new Likelihood.Gaussian(0.5),
                new Likelihood.Heteroscedastic(1),
                new Likelihood.Bernoulli(),
                new Likelihood.Categorical(3),
                new CountLikelihood(0, 1, 1, 0, 20));
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void shouldGiveTheGradientOfTheirOwnExpectationWhenTheNoiseIsHeld(Likelihood likelihood) {
        ParameterLayout layout = new ParameterLayout(INPUTS, List.of(3), likelihood.outputs());
        for (EstimatorKind kind : EstimatorKind.values()) {
            Estimator estimator = Estimator.of(kind, layout, Activation.TANH, EVENTS, 0);
            WeightedBatch batch = batch(likelihood);
            int samples = 200;
            ElboGradient g = estimate(estimator, batch, posterior(layout, -1, 0, 0), likelihood, samples);
            for (int i = 0; i < layout.size(); i++) {
                float h = 2e-3f;
                double byMu = (estimate(estimator, batch, posterior(layout, i, h, 0), likelihood, samples).fit
                                - estimate(estimator, batch, posterior(layout, i, -h, 0), likelihood, samples).fit)
                        / (2 * h);
                double bySigma2 = (estimate(estimator, batch, posterior(layout, i, 0, h), likelihood, samples).fit
                                - estimate(estimator, batch, posterior(layout, i, 0, -h), likelihood, samples).fit)
                        / (2 * h);
                assertEquals(byMu, g.mu[i], 4e-3 * (1 + Math.abs(byMu)), kind + " μ " + i);
                assertEquals(bySigma2, g.sigma2[i], 6e-3 * (1 + Math.abs(bySigma2)), kind + " σ² " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void shouldAgreeWithEachOtherWhenAveragedOverManyDraws(Likelihood likelihood) {
        ParameterLayout layout = new ParameterLayout(INPUTS, List.of(3), likelihood.outputs());
        int groups = 60;
        double[][] shared = groupMeans(EstimatorKind.SHARED, layout, likelihood, groups);
        double[][] local = groupMeans(EstimatorKind.LOCAL, layout, likelihood, groups);
        for (int i = 0; i < shared.length; i++) {
            double error = Math.sqrt(shared[i][1] + local[i][1]);
            assertEquals(shared[i][0], local[i][0], 5 * error, "number " + i);
            double size = Math.abs(shared[i][0]);
            assertTrue(error < 0.05 * (1 + size), "the test would not see a bias: " + error + " of " + size);
        }
    }

    @ParameterizedTest
    @EnumSource(EstimatorKind.class)
    void shouldEqualTheClosedFormWhenTheModelIsLinear(EstimatorKind kind) {
        Prior prior = new Prior(new float[4], new float[] {1, 1, 1, 1});
        LinearData data = LinearData.orthogonal(1, prior, 3);
        ParameterLayout layout = new ParameterLayout(LinearData.COLUMNS, List.of(), 1);
        WeightedBatch batch = new WeightedBatch(8, LinearData.COLUMNS);
        Posterior q = Posterior.of(new float[] {0.3f, 0, -0.2f, 0.1f}, new float[] {-1, 0, -0.5f, -2});
        batch.size = 8;
        double expected = 0;
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 3; j++) {
                batch.x[3 * i + j] = (float) data.events().get(i).features().values()[j];
            }
            batch.y[i] = data.events().get(i).label();
            batch.weight[i] = 0.5f + i;
            expected += batch.weight[i] * LinearData.expectedLoss(data.events().get(i), q);
        }
        ElboGradient g = new ElboGradient(layout.size());
        Estimator.of(kind, layout, Activation.RELU, 8, 0)
                .estimate(batch, q, new Likelihood.Gaussian(1), 40_000, CounterRandom.of(4, 0, 0, 0), g);
        assertEquals(expected, g.fit, 0.01 * expected);
        for (int j = 0; j <= LinearData.COLUMNS; j++) {
            double curvature = 0;
            double slope = 0;
            for (int i = 0; i < 8; i++) {
                double residual = data.events().get(i).label();
                for (int k = 0; k <= LinearData.COLUMNS; k++) {
                    residual -= LinearData.column(data.events().get(i), k) * q.mu()[k];
                }
                double x = LinearData.column(data.events().get(i), j);
                slope -= batch.weight[i] * residual * x;
                curvature += 0.5 * batch.weight[i] * x * x;
            }
            assertEquals(slope, g.mu[j], 0.5, "μ " + j);
            assertEquals(curvature, g.sigma2[j], 0.05 * curvature, "σ² " + j);
        }
    }

    private static ElboGradient estimate(
            Estimator estimator, WeightedBatch batch, Posterior q, Likelihood likelihood, int samples) {
        ElboGradient g = new ElboGradient(q.size());
        estimator.estimate(batch, q, likelihood, samples, CounterRandom.of(8, 0, 0, 0), g);
        return g;
    }

    /** Mean over the draws of fit and of both gradients, and the squared error of that mean. */
    private static double[][] groupMeans(
            EstimatorKind kind, ParameterLayout layout, Likelihood likelihood, int groups) {
        Estimator estimator = Estimator.of(kind, layout, Activation.TANH, EVENTS, 0);
        Posterior q = posterior(layout, -1, 0, 0);
        int p = layout.size();
        double[][] sums = new double[2 * p + 1][2];
        for (int group = 0; group < groups; group++) {
            ElboGradient g = new ElboGradient(p);
            estimator.estimate(batch(likelihood), q, likelihood, 500, CounterRandom.of(6, kind.ordinal(), group, 0), g);
            for (int i = 0; i < sums.length; i++) {
                double value = i < p ? g.mu[i] : i < 2 * p ? g.sigma2[i - p] : g.fit;
                sums[i][0] += value / groups;
                sums[i][1] += value * value / groups;
            }
        }
        for (double[] sum : sums) {
            sum[1] = Math.max(1e-12, sum[1] - sum[0] * sum[0]) / (groups - 1);
        }
        return sums;
    }

    /** A fixed posterior, with μ or σ² of parameter {@code moved} changed. */
    private static Posterior posterior(ParameterLayout layout, int moved, float byMu, float bySigma2) {
        CounterRandom noise = CounterRandom.of(2, 0, 0, 0);
        Posterior q = Posterior.of(new float[layout.size()], new float[layout.size()]);
        for (int i = 0; i < layout.size(); i++) {
            q.mu()[i] = (float) (0.5 * noise.gaussian()) + (i == moved ? byMu : 0);
            float sigma2 = 0.03f + 0.05f * (float) noise.uniform() + (i == moved ? bySigma2 : 0);
            q.setSigma(i, (float) Math.sqrt(sigma2));
        }
        return q;
    }

    private static WeightedBatch batch(Likelihood likelihood) {
        WeightedBatch batch = new WeightedBatch(EVENTS, INPUTS);
        CounterRandom.of(1, 0, 0, 0).fill(batch.x, EVENTS * INPUTS);
        batch.size = EVENTS;
        for (int i = 0; i < EVENTS; i++) {
            batch.y[i] = likelihood instanceof Likelihood.Categorical ? i % 3 : i % 2;
            batch.weight[i] = 0.5f + 0.5f * i;
        }
        return batch;
    }
}
