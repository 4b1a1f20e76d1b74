package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With many weight samples the predictive distribution of a linear model is its closed form. */
class LinearPredictiveTest {
    private static final float[] X = {1.5f, -2, 0.5f};
    private static final float[] MU = {0.4f, 0.3f, -1, 2};
    private static final float[] SIGMA = {0.2f, 0.1f, 0.4f, 0.3f};

    @Test
    void shouldEqualTheClosedFormWhenSamplesAreMany() {
        RealPrediction p = predict(20_000);
        double mean = 1.5 * 0.4 - 2 * 0.3 - 0.5 + 2;
        double epistemic = 2.25 * 0.04 + 4 * 0.01 + 0.25 * 0.16 + 0.09;
        assertEquals(mean, p.mean(), 1e-4, "antithetic samples give a linear mean exactly");
        assertEquals(epistemic, p.epistemicVariance(), 0.03 * epistemic);
        assertEquals(1, p.aleatoricVariance(), 1e-6);
        double normal = 1.6448536 * Math.sqrt(1 + epistemic);
        assertEquals(mean - p.lower(), p.upper() - mean, 0.02);
        assertTrue(p.upper() - mean > 1.05 * normal, "before any error tails are heavy");
    }

    /** Before any event the weights are N(0, σ₀²): for a linear model a mean of zero and variance Σ x²σ₀² + s². */
    @Test
    void shouldEqualThePriorPredictiveWhenNothingWasLearned() {
        SpecBuilder builder = SpecBuilder.linear(3);
        builder.predictiveSamples = 20_000;
        ModelSpec spec = builder.build();
        float[] sigma0 =
                Prior.of(spec.shape().layout(), spec.network().priorScale()).deviations();
        double variance = sigma0[3] * sigma0[3];
        for (int j = 0; j < 3; j++) {
            variance += X[j] * X[j] * sigma0[j] * sigma0[j];
        }
        Prediction p = Predictors.prior(spec, "")
                .predict(List.of(new FeatureVector(X)))
                .get(0);
        assertEquals(0, p.mean(), 1e-4);
        assertEquals(variance, p.epistemicVariance(), 0.03 * variance);
    }

    private static RealPrediction predict(int samples) {
        SpecBuilder builder = SpecBuilder.linear(3);
        builder.predictiveSamples = samples;
        ModelSpec spec = builder.build();
        Posterior q = Posterior.of(MU, new float[4]);
        for (int j = 0; j < 4; j++) {
            q.setSigma(j, SIGMA[j]);
        }
        LearnerState state = States.with(Belief.create(spec.shape(), "", 0).state(new Reservoir(0, 0)), q, 1);
        List<Prediction> predictions = Predictors.of(spec, state).predict(List.of(new FeatureVector(X)));
        return assertInstanceOf(RealPrediction.class, predictions.get(0));
    }
}
