package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Prediction;
import io.credence.fixture.ChangingStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The learner at its defaults on streams that change, and on records that are wrong. Bars lie between what is right
 * and what a learner without rival, or without bounded influence, gets. */
class ChangingStreamTest {
    private static final ModelSpec SPEC = ModelSpec.builder()
            .features(ChangingStream.features())
            .task(Task.REGRESSION)
            .build();

    /** Error and coverage over a stretch of the stream. */
    private record Stretch(double rmse, double coverage) {}

    private final OnlineLearner learner = OnlineLearner.create(SPEC, "");
    private final ChangingStream stream = ChangingStream.curved();

    @Test
    void shouldLearnTheNewConceptAsWellAsTheOldOneWhenTheStreamChanges() {
        run(2_000, 0, 1, 0);
        double before = run(2_000, 0, 1, 0).rmse();
        run(3_000, 1, 1, 0);
        Stretch after = run(2_000, 1, 1, 0);
        assertTrue(learner.state().takeOvers() >= 1, "no take-over");
        assertTrue(after.rmse() < 1.1 * before, after.rmse() + " after, " + before + " before");
        assertEquals(0.95, after.coverage(), 0.02);
    }

    @Test
    void shouldTakeOverNothingWhenTheStreamDoesNotChange() {
        run(5_000, 0, 1, 0);
        assertEquals(0, learner.state().takeOvers());
    }

    @Test
    void shouldGoOnAsBeforeWhenTheUnitOfTheLabelChanges() {
        run(3_000, 0, 1, 0);
        double before = run(1_000, 0, 1, 0).rmse();
        run(500, 0, 100, 7_000);
        Stretch after = run(1_500, 0, 100, 7_000);
        assertTrue(after.rmse() < 112 * before, after.rmse() + " after, " + before + " before");
    }

    /** What corrects the network had made up for the first labels in the old unit, by hundreds of deviations. */
    @Test
    void shouldNotOvershootWhenTheLabelIsToldInAnotherUnit() {
        run(3_000, 0, 1, 0);
        double before = run(1_000, 0, 1, 0).rmse();
        double during = run(500, 0, 100, 0).rmse();
        assertTrue(during < 800 * before, during + " during the change, " + before + " before");
    }

    @Test
    void shouldPredictAsWellWhenOneRecordIsFarFromAllOthers() {
        double clean = poisoned(0, 0);
        assertTrue(poisoned(1e6, 0) < 1.05 * clean, "a label of a million");
        assertTrue(poisoned(0, 1e6f) < 1.05 * clean, "a feature of a million");
    }

    @Test
    void shouldPredictAsWellWhenSomeLabelsAreWrongAllTheTime() {
        double clean = errorOfTheLastHalf(0);
        double wrong = errorOfTheLastHalf(0.05);
        assertTrue(wrong < 1.15 * clean, wrong + " with wrong labels, " + clean + " without");
    }

    /** Against the labels as they were before some were spoiled. */
    private static double errorOfTheLastHalf(double share) {
        ChangingStreamTest stream = new ChangingStreamTest();
        CounterRandom wrong = CounterRandom.of(4, 0, 0, 0);
        double squares = 0;
        for (int i = 0; i < 8_000; i++) {
            Observation event = stream.event(0, 1, 0);
            boolean spoiled = wrong.uniform() < share;
            double label = event.label() + (spoiled ? 100 * (wrong.uniform() - 0.5) : 0);
            Step step = stream.learner.fold(event.withLabel(label));
            double error = step.predictions().get(0).mean() - event.label();
            squares += i < 4_000 ? 0 : error * error;
        }
        return Math.sqrt(squares / 4_000);
    }

    /** The statistics of the first labels decide the unit in which everything else is learned. */
    @Test
    void shouldPredictAsWellWhenATenthOfTheLabelsIsWrongFromTheFirstOnwards() {
        double clean = medianError(0);
        double wrong = medianError(0.1);
        assertTrue(wrong < 1.25 * clean, wrong + " with wrong labels, " + clean + " without");
    }

    private static double medianError(double share) {
        ChangingStreamTest stream = new ChangingStreamTest();
        CounterRandom wrong = CounterRandom.of(3, 0, 0, 0);
        double[] errors = new double[2_000];
        for (int i = 0; i < errors.length; i++) {
            Observation event = stream.event(0, 1, 0);
            boolean spoiled = wrong.uniform() < share;
            double label = spoiled ? 1_000 * (wrong.uniform() - 0.5) : event.label();
            Step step = stream.learner.fold(event.withLabel(label));
            errors[i] = Math.abs(step.predictions().get(0).mean() - event.label());
        }
        Arrays.sort(errors);
        return errors[errors.length / 2];
    }

    private static double poisoned(double label, float feature) {
        ChangingStreamTest stream = new ChangingStreamTest();
        stream.run(1_500, 0, 1, 0);
        Observation event = stream.event(0, 1, 0);
        double[] x = event.features().values().clone();
        x[2] += feature;
        stream.learner.fold(new Observation("", "", 0, new FeatureVector(x), event.label() + label));
        stream.run(300, 0, 1, 0);
        return stream.run(1_500, 0, 1, 0).rmse();
    }

    private Stretch run(int events, int concept, double unit, double zero) {
        double squares = 0;
        int covered = 0;
        for (int i = 0; i < events; i++) {
            Observation event = event(concept, unit, zero);
            Step step = learner.fold(event);
            Prediction p = step.predictions().get(0);
            squares += (p.mean() - event.label()) * (p.mean() - event.label());
            covered += p.covers(event.label()) ? 1 : 0;
        }
        return new Stretch(Math.sqrt(squares / events), (double) covered / events);
    }

    private Observation event(int concept, double unit, double zero) {
        Observation event = stream.next(concept);
        return event.withLabel(zero + unit * event.label());
    }
}
