package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.inference.SpecBuilder;
import io.credence.fixture.SyntheticStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampledPredictorTest {
    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldPredictAlikeWhenAloneOrInCompany(LikelihoodKind kind) {
        SpecBuilder builder = SpecBuilder.of(kind, 3);
        builder.hidden = List.of(33, 17);
        builder.predictiveSamples = 32;
        ModelSpec spec = builder.build();
        List<Observation> events = SyntheticStream.of(kind, 300, 3, 1);
        OnlineLearner learner = OnlineLearner.create(spec, "");
        events.subList(0, 40).forEach(learner::fold);
        Predictor predictor = Predictors.of(spec, learner.state());
        List<Prediction> together =
                predictor.predict(events.stream().map(Observation::features).toList());
        assertEquals(300, together.size());
        for (int i = 0; i < 300; i += 7) {
            Prediction alone =
                    predictor.predict(List.of(events.get(i).features())).get(0);
            assertClose(together.get(i), alone);
            List<Prediction> few = predictor.predict(List.of(
                    events.get(0).features(),
                    events.get(i).features(),
                    events.get(1).features()));
            assertClose(together.get(i), few.get(1));
        }
        List<Prediction> onStream = predictor.predictStream(events);
        for (int i = 0; i < 300; i += 7) {
            assertClose(
                    onStream.get(i),
                    predictor.predictStream(List.of(events.get(i))).get(0));
        }
    }

    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldBeMarkedAsWarmingUpWhenFewEventsWereSeen(LikelihoodKind kind) {
        ModelSpec spec = SpecBuilder.of(kind, 3).build();
        Predictor prior = Predictors.prior(spec, "m");
        Prediction first = prior.predict(List.of(new FeatureVector(new float[] {1, -2, 3})))
                .get(0);
        assertTrue(Double.isFinite(first.mean()) && first.variance() > 0);
        assertEquals(new ModelInfo("m", ModelVersion.PRIOR, 0, true, 8), prior.info());
        OnlineLearner learner = OnlineLearner.create(spec, "m");
        List<Observation> events = SyntheticStream.of(kind, 20, 3, 1);
        events.subList(0, 19).forEach(learner::fold);
        assertTrue(Predictors.of(spec, learner.state()).info().warmingUp());
        learner.fold(events.get(19));
        ModelInfo info = Predictors.of(spec, learner.state()).info();
        assertFalse(info.warmingUp());
        assertEquals(20, info.events());
        assertEquals(20, info.version().step());
    }

    @Test
    void shouldRefuseAnEventWhenItHasOtherColumns() {
        Predictor prior =
                Predictors.prior(SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3).build(), "m");
        var fault = assertThrows(
                IllegalArgumentException.class, () -> prior.predict(new FeatureVector(new float[] {1, 2})));
        assertTrue(fault.getMessage().startsWith("an event has 2 columns, and model 'm' was made for 3"));
    }

    @Test
    void shouldBeTheSamePriorWhenNothingWasLearned() {
        ModelSpec spec = SpecBuilder.of(LikelihoodKind.CATEGORICAL, 3).build();
        List<FeatureVector> x = List.of(new FeatureVector(new float[] {1, 0, 2}));
        ClassPrediction a =
                (ClassPrediction) Predictors.prior(spec, "m").predict(x).get(0);
        ClassPrediction b = (ClassPrediction)
                Predictors.of(spec, OnlineLearner.create(spec, "m").state())
                        .predict(x)
                        .get(0);
        assertArrayEquals(a.probabilities(), b.probabilities());
    }

    private static void assertClose(Prediction a, Prediction b) {
        double deviation = a.deviation();
        assertEquals(a.mean(), b.mean(), 1e-5 * (Math.abs(a.mean()) + deviation));
        assertEquals(a.epistemicVariance(), b.epistemicVariance(), 1e-5 * a.variance());
        assertEquals(a.aleatoricVariance(), b.aleatoricVariance(), 1e-5 * a.variance());
    }
}
