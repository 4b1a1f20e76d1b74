package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Activation;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.ParameterLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A linear network with known noise on an orthogonal design: the mean-field optimum is the exact posterior. */
class ConjugateOracleTest {
    /* Eight events and 1/σ₀² = 4: forgetting the prior, or its sign, moves means by a third and variances by a half. */
    private static final double PRIOR_SCALE = 0.5;
    private static final ParameterLayout LAYOUT = new ParameterLayout(LinearData.COLUMNS, List.of(), 1);

    @Test
    void shouldHaveZeroGradientWhenAtTheExactPosterior() {
        LinearData data = data();
        Posterior q = data.exact();
        ElboGradient g = fit(data, q);
        for (int j = 0; j < q.size(); j++) {
            float sigma0 = data.prior().deviations()[j];
            double byMu = g.mu[j] + KlDivergence.gradientMu(q.mu()[j], 0, sigma0);
            double bySigma2 = g.sigma2[j] + KlDivergence.gradientSigma2(q.sigma2()[j], sigma0);
            assertEquals(0, byMu, 0.05, "μ " + j + ", whose parts are " + g.mu[j]);
            assertEquals(0, bySigma2, 0.05, "σ² " + j + ", whose parts are " + g.sigma2[j]);
        }
        assertTrue(Math.abs(g.mu[0]) > 0.5, "the parts must not vanish by themselves: " + g.mu[0]);
        assertTrue(g.sigma2[0] > 3.5);
    }

    @ParameterizedTest
    @CsvSource({
        "ADAM, LOCAL, 8, 0",
        "ADAM, SHARED, 8, 0",
        "ADAM, LOCAL, 2, 0",
        "ADAM, LOCAL, 2, 4",
        "VON, LOCAL, 8, 0",
        "VON, SHARED, 8, 0",
        "VON, LOCAL, 2, 4"
    })
    void shouldConvergeToTheExactPosteriorWhenNIsFixed(RuleKind rule, EstimatorKind kind, int batch, int replay) {
        LinearData data = data();
        SpecBuilder builder = builder();
        builder.rule = rule;
        builder.estimator = kind;
        builder.batch = batch;
        builder.replay = replay;
        builder.muRate = rule == RuleKind.ADAM ? 0.05 : 0.2;
        builder.rateHorizon = 100;
        builder.averageHorizon = 5000;
        Belief belief = train(builder.build(), data, 40_000);
        for (int j = 0; j <= LinearData.COLUMNS; j++) {
            double sigma = Math.sqrt(1 / data.precision(j));
            assertEquals(data.mean(j), belief.champion().posterior().mu()[j], 0.12 * sigma, "μ " + j);
            assertEquals(sigma, belief.champion().posterior().sigma()[j], 0.04 * sigma, "σ " + j);
        }
    }

    @Test
    void shouldHaveTheLowestElboWhenAtTheExactPosterior() {
        LinearData data = data();
        double best = loss(data, data.exact());
        CounterRandom noise = CounterRandom.of(30, 0, 0, 0);
        for (int i = 0; i < 200; i++) {
            Posterior q = data.exact();
            for (int j = 0; j < q.size(); j++) {
                q.mu()[j] += (float) (0.1 * noise.gaussian());
                q.setSigma(j, (float) (q.sigma()[j] * Math.exp(0.2 * noise.gaussian())));
            }
            assertTrue(loss(data, q) > best);
        }
    }

    private static double loss(LinearData data, Posterior q) {
        double fit = data.events().stream()
                .mapToDouble(e -> LinearData.expectedLoss(e, q))
                .sum();
        return fit + KlDivergence.of(q.mu(), q.sigma2(), data.prior());
    }

    private static ElboGradient fit(LinearData data, Posterior q) {
        WeightedBatch batch = new WeightedBatch(8, LinearData.COLUMNS);
        batch.size = 8;
        for (int i = 0; i < 8; i++) {
            Observation event = data.events().get(i);
            for (int j = 0; j < 3; j++) {
                batch.x[3 * i + j] = (float) event.features().values()[j];
            }
            batch.y[i] = event.label();
            batch.weight[i] = 1;
        }
        ElboGradient g = new ElboGradient(q.size());
        Estimator.of(EstimatorKind.LOCAL, LAYOUT, Activation.RELU, 8, 0)
                .estimate(batch, q, new Likelihood.Gaussian(1), 60_000, CounterRandom.of(31, 0, 0, 0), g);
        return g;
    }

    private static LinearData data() {
        return LinearData.orthogonal(1, Prior.of(LAYOUT, PRIOR_SCALE), 3);
    }

    private static SpecBuilder builder() {
        SpecBuilder builder = SpecBuilder.linear(LinearData.COLUMNS);
        builder.priorScale = PRIOR_SCALE;
        builder.nValue = 8;
        builder.capacity = 8;
        builder.weighting = ReplayWeighting.POOLED;
        builder.initialScale = 0.5;
        return builder;
    }

    /** Steps on uniform minibatches of the data, past the learner that would standardise and learn the noise. */
    private static Belief train(ModelSpec spec, LinearData data, int steps) {
        Belief belief = Belief.create(spec.shape(), "", 0);
        Reservoir reservoir = new Reservoir(0, spec.learning().replay().events() == 0 ? 0 : 8);
        CounterRandom noise = CounterRandom.of(32, 0, 0, 0);
        for (int i = 0; i < 8 && spec.learning().replay().events() > 0; i++) {
            reservoir.offer(data.events().get(i), noise);
        }
        Trainer trainer = new Trainer(belief, reservoir);
        int b = spec.learning().batch().size();
        for (int step = 0; step < steps; step++) {
            belief.consume(1);
            List<Observation> fresh = b == 8
                    ? data.events()
                    : List.of(
                            data.events().get((int) noise.below(8)),
                            data.events().get((int) noise.below(8)));
            trainer.train(fresh);
        }
        return belief;
    }
}
