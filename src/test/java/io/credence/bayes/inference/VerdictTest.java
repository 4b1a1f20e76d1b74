package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Question;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.Step.Verdict;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How unusual a learner says that events are, on streams whose truth is known. */
class VerdictTest {
    private static final int EVENTS = 4000;

    private final Random random = new Random(6);
    private final List<Verdict> verdicts = new ArrayList<>();

    private static ModelSpec spec(Task task) {
        ModelSpecBuilder builder = ModelSpec.builder()
                .features("a, b")
                .task(task)
                .hidden(8)
                .batchSize(1)
                .replayEvents(8)
                .replayCapacity(500);
        return (task == Task.MULTICLASS ? builder.classes("x", "y", "z") : builder).build();
    }

    private Observation event(Task task, double off) {
        double[] x = {random.nextDouble(), random.nextDouble()};
        double mean = 4 + 6 * x[0] - 4 * x[1] + off;
        double y =
                switch (task) {
                    case REGRESSION -> mean + random.nextGaussian();
                    case COUNT -> Math.max(0, Math.rint(mean + random.nextGaussian()));
                    case BINARY -> (x[0] > 0.5) == (off == 0) ? 1 : 0;
                    case MULTICLASS -> off == 0 ? (x[0] > 0.5 ? 1 : 0) : 2;
                };
        return new Observation("", "", 0, new FeatureVector(x), y);
    }

    private Verdict fold(OnlineLearner learner, Observation event) {
        Step step = learner.fold(event);
        assertNotNull(step);
        verdicts.addAll(step.verdicts());
        return step.verdicts().get(0);
    }

    private OnlineLearner learned(Task task) {
        OnlineLearner learner = OnlineLearner.create(spec(task), "");
        for (int i = 0; i < EVENTS; i++) {
            fold(learner, event(task, 0));
        }
        return learner;
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void shouldBeSurprisedWhenALabelIsImpossible(Task task) {
        OnlineLearner learner = learned(task);
        Verdict verdict = fold(learner, event(task, 60));
        assertTrue(
                verdict.surprising() && verdict.alarms().contains(Question.SURPRISING) && verdict.raises(),
                verdict.toString());
        assertTrue(verdict.tail() < 0.05 && verdict.grade() > 0.99 && verdict.score() > 3, verdict.toString());
        assertFalse(verdict.clears());
        Verdict usual = fold(learner, event(task, 0));
        assertFalse(usual.alarms().contains(Question.SURPRISING) && usual.score() > 3, usual.toString());
    }

    @Test
    void shouldRaiseSeldomWhenTheStreamIsStationary() {
        learned(Task.REGRESSION);
        // Half an alarm in a thousand events is aimed at; the first ones know least.
        long raised = verdicts.stream().filter(Verdict::raises).count();
        assertTrue(raised <= 8, raised + " alarms");
        assertTrue(verdicts.stream().limit(100).noneMatch(v -> v.surprising() || v.raises() || v.clears()));
        double surprising = verdicts.stream().filter(Verdict::surprising).count() / (double) EVENTS;
        assertTrue(surprising > 0.002 && surprising < 0.015, "share " + surprising);
    }

    @Test
    void shouldSayTheTailOfThePredictionMadeBefore() {
        OnlineLearner learner = learned(Task.REGRESSION);
        Observation event = event(Task.REGRESSION, 2);
        Step step = learner.fold(event);
        assertNotNull(step);
        Prediction prediction = step.predictions().get(0);
        double rank = prediction.rank(event.label(), 0.5);
        assertEquals(2 * Math.min(rank, 1 - rank), step.verdicts().get(0).tail(), 1e-12);
    }

    @Test
    void shouldNameTheColumnWhenASensorIsStuck() {
        OnlineLearner learner = learned(Task.REGRESSION);
        Verdict last = fold(learner, event(Task.REGRESSION, 0));
        for (int i = 0; i < 5; i++) {
            double[] x = {0.25, random.nextDouble()};
            last = fold(learner, new Observation("", "", 0, new FeatureVector(x), 5.5 - 4 * x[1]));
        }
        assertEquals(List.of("a"), last.repeating());
        assertTrue(last.alarms().contains(Question.STUCK));
    }

    @Test
    void shouldRaiseByFeaturesWhenAColumnIsFarOut() {
        OnlineLearner learner = learned(Task.REGRESSION);
        for (int i = 0; i < 20; i++) {
            Observation odd = new Observation("", "", 0, new FeatureVector(new double[] {0.5, 1.5}), 1);
            assertTrue(learner.predict(odd).flags().raises());
            assertTrue(fold(learner, odd).alarms().contains(Question.OUT_OF_RANGE), "odd event " + i);
            fold(learner, event(Task.REGRESSION, 0));
        }
    }

    @Test
    void shouldSayTheSameWhenResumedFromAState() {
        OnlineLearner learner = learned(Task.COUNT);
        OnlineLearner resumed = OnlineLearner.resume(
                spec(Task.COUNT), learner.state(), learner.reservoir().slots());
        for (int i = 0; i < 200; i++) {
            Observation event = event(Task.COUNT, i % 50 == 0 ? 20 : 0);
            assertEquals(fold(learner, event), fold(resumed, event));
        }
    }
}
