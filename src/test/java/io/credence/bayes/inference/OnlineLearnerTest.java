package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.fixture.SyntheticStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineLearnerTest {
    @Test
    void shouldCloseTheMinibatchWhenItIsFull() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        builder.batch = 3;
        OnlineLearner learner = OnlineLearner.create(builder.build(), "");
        List<Observation> events = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 4, 2, 1);
        assertNull(learner.fold(events.get(0)));
        assertNull(learner.fold(events.get(1)));
        assertEquals(2, learner.pending());
        assertEquals(0, learner.events());
        Step step = learner.fold(events.get(2));
        assertNotNull(step);
        assertEquals(events.subList(0, 3), step.batch());
        assertEquals(3, step.predictions().size());
        assertFalse(step.rejected());
        assertEquals(0, learner.pending());
        assertEquals(3, learner.events());
        assertEquals(new ModelVersion(0, 1), learner.version());
        assertNull(learner.flush());
        learner.fold(events.get(3));
        assertEquals(1, learner.flush().batch().size());
    }

    @Test
    void shouldCloseTheMinibatchWhenEventTimePassesTheLinger() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 1);
        builder.batch = 10;
        builder.lingerMs = 100;
        OnlineLearner learner = OnlineLearner.create(builder.build(), "");
        assertNull(learner.fold(at(1000)));
        assertNull(learner.fold(at(900)));
        assertNull(learner.fold(at(1100)));
        Step step = learner.fold(at(1101));
        assertNotNull(step);
        assertEquals(3, step.batch().size());
        assertEquals(1, learner.pending());
        assertEquals(1, learner.fold(at(5000)).batch().size());
    }

    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldRefuseWhenAnEventDoesNotFit(LikelihoodKind kind) {
        OnlineLearner learner = OnlineLearner.create(SpecBuilder.of(kind, 2).build(), "");
        FeatureVector fits = new FeatureVector(new float[2]);
        FeatureVector wide = new FeatureVector(new float[3]);
        assertThrows(IllegalArgumentException.class, () -> learner.fold(new Observation("", "", 0, wide, 1)));
        for (double label : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e300}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> learner.fold(new Observation("", "", 0, fits, label)),
                    "label " + label);
        }
        assertEquals(0, learner.pending());
        assertNotNull(learner.fold(new Observation("", "", 0, fits, 1)));
    }

    @ParameterizedTest
    @EnumSource(
            value = LikelihoodKind.class,
            names = {"BERNOULLI", "CATEGORICAL", "NEGATIVE_BINOMIAL"})
    void shouldRefuseWhenALabelIsNoClassOrCount(LikelihoodKind kind) {
        OnlineLearner learner = OnlineLearner.create(SpecBuilder.of(kind, 1).build(), "");
        double[] wrong = kind == LikelihoodKind.NEGATIVE_BINOMIAL ? new double[] {-1, 0.5} : new double[] {-1, 0.5, 3};
        for (double label : wrong) {
            Observation event = new Observation("", "", 0, new FeatureVector(new float[1]), label);
            assertThrows(IllegalArgumentException.class, () -> learner.fold(event), "label " + label);
        }
    }

    @Test
    void shouldRefuseWhenAStateIsOfAnotherShape() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        LearnerState state = OnlineLearner.create(builder.build(), "pumps").state();
        builder.hidden = List.of(7);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnlineLearner.resume(builder.build(), state, List.of()));
        assertTrue(e.getMessage().contains("'pumps'") && e.getMessage().contains(Shape.COVERED), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Predictors.of(builder.build(), state));
    }

    @Test
    void shouldLeaveThePosteriorUntouchedWhenTheGradientIsNotFinite() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.BERNOULLI, 2);
        builder.activation = io.credence.bayes.network.Activation.RELU;
        builder.averageHorizon = 1;
        List<Observation> events = SyntheticStream.of(LikelihoodKind.BERNOULLI, 11, 2, 1);
        OnlineLearner healthy = OnlineLearner.create(builder.build(), "");
        events.subList(0, 10).forEach(healthy::fold);
        LearnerState state = healthy.state();
        Arrays.fill(state.iterateMu(), 1e30f);
        OnlineLearner learner =
                OnlineLearner.resume(builder.build(), state, healthy.reservoir().drainChanges());
        Step step = learner.fold(events.get(10));
        assertTrue(step.rejected());
        assertEquals(1, learner.rejected());
        assertEquals(state.version(), learner.version());
        assertEquals(11, learner.events());
        assertArrayEquals(state.mu(), learner.state().mu());
        assertArrayEquals(state.rho(), learner.state().rho());
        assertArrayEquals(state.iterateMu(), learner.state().iterateMu());
        assertArrayEquals(state.optimiser(), learner.state().optimiser());
        assertEquals(1, learner.state().rejected());
    }

    @ParameterizedTest
    @EnumSource(LikelihoodKind.class)
    void shouldSumWhatWasPredictedWhenTested(LikelihoodKind kind) {
        SpecBuilder builder = SpecBuilder.of(kind, 2);
        builder.batch = 4;
        OnlineLearner learner = OnlineLearner.create(builder.build(), "");
        PrequentialSums expected = PrequentialSums.NONE;
        double squares = 0;
        double nll = 0;
        for (Observation event : SyntheticStream.of(kind, 40, 2, 1)) {
            Step step = learner.fold(event);
            for (int i = 0; step != null && i < step.batch().size(); i++) {
                Prediction p = step.predictions().get(i);
                double y = step.batch().get(i).label();
                expected = expected.plus(p, y);
                squares += (y - p.mean()) * (y - p.mean());
                nll -= p.logLikelihood(y);
            }
        }
        assertEquals(expected, learner.prequential());
        assertEquals(expected, PrequentialSums.of(expected.toArray()));
        assertEquals(Math.sqrt(squares / 40), learner.prequential().rmse(), 1e-12);
        assertEquals(nll / 40, learner.prequential().nll(), 1e-12);
    }

    private static Observation at(long time) {
        return new Observation("", "", time, new FeatureVector(new float[] {time}), time);
    }
}
