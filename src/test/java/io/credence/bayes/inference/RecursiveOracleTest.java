package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One event at a time against the previous posterior: the conjugate filter with a diagonal belief. */
class RecursiveOracleTest {
    private static final int EVENTS = 40;

    @Test
    void shouldFollowTheDiagonalConjugateFilterWhenNaturalGradientStepsAreTaken() {
        assertFollows(RuleKind.VON, 0.02, 0.06);
    }

    @Test
    void shouldFollowTheDiagonalConjugateFilterWhenAdamTakesInnerSteps() {
        assertFollows(RuleKind.ADAM, 0.004, 0.1);
    }

    private static void assertFollows(RuleKind rule, double rate, double tolerance) {
        SpecBuilder builder = SpecBuilder.linear(2);
        builder.nPolicy = NPolicy.RECURSIVE;
        builder.rule = rule;
        builder.innerSteps = 600;
        builder.samples = 8;
        builder.muRate = rate;
        builder.rhoRate = rate;
        builder.rateHorizon = 1e12;
        builder.initialScale = 0.6;
        builder.averageHorizon = 100;
        ModelSpec spec = builder.build();
        Belief belief = Belief.create(spec.shape(), "", 0);
        double[] m = new double[3];
        double[] v = new double[3];
        for (int j = 0; j < 3; j++) {
            m[j] = belief.champion().iterate().mu()[j];
            v[j] = belief.champion().iterate().sigma2()[j];
        }
        double[] before = v.clone();
        Trainer trainer = new Trainer(belief, new Reservoir(0, 0));
        CounterRandom noise = CounterRandom.of(40, 0, 0, 0);
        for (int t = 0; t < EVENTS; t++) {
            float[] x = {(float) noise.gaussian(), (float) noise.gaussian()};
            double y = 0.8 * x[0] - 0.5 * x[1] + 0.3 + noise.gaussian();
            belief.consume(1);
            trainer.train(List.of(new Observation("", "e" + t, t, new FeatureVector(x), y)));
            filter(m, v, new double[] {x[0], x[1], 1}, y);
        }
        for (int j = 0; j < 3; j++) {
            double sigma = Math.sqrt(v[j]);
            assertTrue(v[j] < 0.4 * before[j], "the data must count: " + v[j] + " of " + before[j]);
            assertEquals(m[j], belief.champion().posterior().mu()[j], 4 * tolerance * sigma, "μ " + j);
            assertEquals(sigma, belief.champion().posterior().sigma()[j], tolerance * sigma, "σ " + j);
        }
    }

    /** The mean-field optimum for one event with unit noise: the exact mean, and the diagonal of the exact precision. */
    private static void filter(double[] m, double[] v, double[] x, double y) {
        double total = 1;
        double error = y;
        for (int j = 0; j < 3; j++) {
            total += v[j] * x[j] * x[j];
            error -= m[j] * x[j];
        }
        for (int j = 0; j < 3; j++) {
            m[j] += v[j] * x[j] * error / total;
            v[j] = 1 / (1 / v[j] + x[j] * x[j]);
        }
    }
}
