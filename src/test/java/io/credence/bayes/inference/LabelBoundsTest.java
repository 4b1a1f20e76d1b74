package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Interval;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels that are mostly near 0, and sometimes far above. */
class LabelBoundsTest {
    private static final int N = 600;
    private static final ModelSpec SPEC = spec(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final ModelSpec BOUNDED = spec(0, Double.POSITIVE_INFINITY);

    private static ModelSpec spec(double min, double max) {
        return ModelSpec.builder()
                .features("a, b")
                .task(Task.REGRESSION)
                .hidden(8)
                .replayEvents(8)
                .replayCapacity(64)
                .labelMin(min)
                .labelMax(max)
                .build();
    }

    private static Observation event(int i, CounterRandom random) {
        float[] x = {(float) random.gaussian(), (float) random.gaussian()};
        double y = Math.max(0, 3 * x[0] + random.gaussian());
        return new Observation("", "e" + i, i, new FeatureVector(x), y);
    }

    private static OnlineLearner learned(OnlineLearner learner, int from, List<Prediction> predictions) {
        CounterRandom random = CounterRandom.of(5, from, 0, 0);
        for (int i = from; i < from + N; i++) {
            Step step = learner.fold(event(i, random));
            if (step != null) {
                predictions.addAll(step.predictions());
            }
        }
        return learner;
    }

    private static double least(List<Prediction> predictions) {
        double least = Double.POSITIVE_INFINITY;
        for (Prediction p : predictions) {
            least = Math.min(least, Math.min(p.mean(), p.lower()));
            for (Interval interval : p.intervals()) {
                least = Math.min(least, Math.min(interval.lower(), interval.rawLower()));
            }
        }
        return least;
    }

    @Test
    void shouldPredictNothingBelowTheBoundAndLearnTheSameAsWithout() {
        List<Prediction> free = new ArrayList<>();
        List<Prediction> bounded = new ArrayList<>();
        LearnerState without = learned(OnlineLearner.create(SPEC, ""), 0, free).state();
        LearnerState with =
                learned(OnlineLearner.create(BOUNDED, ""), 0, bounded).state();

        assertTrue(least(free) < -0.5, "least without bound: " + least(free));
        assertEquals(0, least(bounded), 0);
        assertArrayEquals(without.mu(), with.mu());
        assertArrayEquals(without.calibration(), with.calibration());
        assertArrayEquals(new double[] {0, Double.NaN}, with.labelBounds());
    }

    @Test
    void shouldTakeTheBoundOfTheLearnerWhenScoring() {
        LearnerState with =
                learned(OnlineLearner.create(BOUNDED, ""), 0, new ArrayList<>()).state();
        LearnerState without =
                learned(OnlineLearner.create(SPEC, ""), 0, new ArrayList<>()).state();
        List<FeatureVector> low = List.of(new FeatureVector(new float[] {-2, 0}));

        assertTrue(least(Predictors.of(BOUNDED, without).predict(low)) < 0, "the learner knows of no bound");
        assertEquals(0, least(Predictors.of(SPEC, with).predict(low)), 0);
    }

    @Test
    void shouldGoOnWithAModelWhenItsBoundChanges() {
        OnlineLearner before = learned(OnlineLearner.create(SPEC, ""), 0, new ArrayList<>());
        List<Prediction> after = new ArrayList<>();
        OnlineLearner resumed =
                OnlineLearner.resume(BOUNDED, before.state(), before.reservoir().slots());
        learned(resumed, N, after);

        assertEquals(0, least(after), 0);
        assertArrayEquals(new double[] {0, Double.NaN}, resumed.state().labelBounds());
    }

    @Test
    void shouldRefuseAStateWhenItsBoundsContradictEachOther() {
        LearnerState sound = OnlineLearner.create(BOUNDED, "").state();
        List<double[]> statistics = new ArrayList<>(sound.statistics());
        statistics.set(statistics.size() - 1, new double[] {2, 1});
        LearnerState wrong =
                LearnerState.of("", sound.fingerprint(), sound.version(), 0, 0, sound.weights(), statistics);

        BOUNDED.shape().refuseUnfit(sound);
        String said = assertThrows(
                        IllegalArgumentException.class, () -> SPEC.shape().refuseUnfit(wrong))
                .getMessage();
        assertTrue(said.contains("labelBounds is [2.0, 1.0]"), said);
    }
}
