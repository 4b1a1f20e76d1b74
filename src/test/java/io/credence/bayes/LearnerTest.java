package io.credence.bayes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.predict.Prediction;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LearnerTest {
    private static final ModelSpec SPEC = ModelSpec.builder()
            .features("a, b?")
            .task(Task.REGRESSION)
            .hidden(5)
            .batchSize(3)
            .replayEvents(4)
            .replayCapacity(20)
            .build();

    @Test
    void shouldGoOnToTheBitWhenResumedWithinAMinibatch() {
        Learner whole = Credence.learner(SPEC);
        Learner first = Credence.learner(SPEC);
        learn(whole, 0, 100);
        learn(first, 0, 50);
        Learner second = Credence.resume(SPEC, first.state());
        learn(second, 50, 100);

        assertArrayEquals(
                whole.state().posterior().mu(), second.state().posterior().mu());
        assertEquals(whole.state().replay(), second.state().replay());
    }

    @Test
    void shouldLearnTheSlopeWhenEventsComeAsMaps() {
        Learner learner = Credence.learner(SPEC);
        learn(learner, 0, 900);

        assertEquals(4.0, learner.predict(Map.of("a", 2, "b", 1)).orElseThrow().mean(), 1.0);
    }

    @Test
    void shouldKeepAPredictorAsItWasWhenTheLearnerGoesOn() {
        Learner learner = Credence.learner(SPEC);
        learn(learner, 0, 30);
        var frozen = learner.predictor();
        var x = SPEC.features().encode(Map.of("a", 1)).orElseThrow();
        Prediction before = frozen.predict(x);
        learn(learner, 30, 60);

        assertEquals(before, frozen.predict(x));
    }

    @Test
    void shouldNameTheFeatureWhenItIsMissing() {
        var outcome = Credence.learner(SPEC).learn(Map.of("b", 1), 3);

        var rejected = assertInstanceOf(Outcome.Rejected.class, outcome);
        assertEquals(Reason.MISSING_FEATURE, rejected.rejection().reason());
    }

    @Test
    void shouldRejectAnEventWhenItsLabelIsNull() {
        var outcome = Credence.learner(SPEC).learn(Map.of("a", 1), null, Instant.EPOCH);

        var rejected = assertInstanceOf(Outcome.Rejected.class, outcome);
        assertEquals(Reason.MISSING_LABEL, rejected.rejection().reason());
    }

    @Test
    void shouldRememberTheSeriesWhenFeaturesAreOfThePast() {
        ModelSpec spec = SPEC.toBuilder().features("a, lag(label,1)").build();
        Learner learner = Credence.learner(spec);
        for (int i = 0; i < 600; i++) {
            learner.learn(Map.of("a", i % 7), i % 2 == 0 ? 10 : -10, Instant.ofEpochSecond(i))
                    .orElseThrow();
        }
        Map<String, Integer> next = Map.of("a", 3);

        assertEquals(
                10,
                learner.predict(next, Instant.ofEpochSecond(600)).orElseThrow().mean(),
                3);
        assertEquals(
                learner.predict(next).orElseThrow(),
                Credence.resume(spec, learner.state()).predict(next).orElseThrow());
    }

    private static void learn(Learner learner, int from, int to) {
        for (int i = from; i < to; i++) {
            double a = i % 7 - 3;
            learner.learn(Map.of("a", a, "b", i % 2), 2 * a, Instant.ofEpochSecond(i))
                    .orElseThrow();
        }
    }
}
