package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A learner whose labels come some events after they are needed. */
class LabelDelayTest {
    private static final int DELAY = 20;

    @Test
    void shouldCoverWhatItSaysWhenItKnowsHowLateLabelsAre() {
        double known = coverage(DELAY);
        double unknown = coverage(0);
        assertEquals(0.9, known, 0.025);
        assertTrue(unknown < 0.6, "without knowing it covers " + unknown);
    }

    @Test
    void shouldGoOnInTheSameBitsWhenResumedWithEventsWaiting() {
        ModelSpec spec = spec(DELAY);
        List<Observation> events = events(400);
        OnlineLearner whole = OnlineLearner.create(spec, "");
        OnlineLearner cut = OnlineLearner.create(spec, "");
        for (int t = 0; t < events.size(); t++) {
            whole.fold(events.get(t));
            cut.fold(events.get(t));
            if (t % 97 == 0) {
                cut = OnlineLearner.resume(
                        spec, cut.state(), new ArrayList<>(cut.reservoir().slots()));
            }
        }
        States.assertSame(whole.state(), cut.state(), "resumed");
    }

    @Test
    void shouldTakeAStateOfAnotherDelay() {
        List<Observation> events = events(300);
        OnlineLearner first = OnlineLearner.create(spec(DELAY), "");
        events.subList(0, 150).forEach(first::fold);
        for (int other : new int[] {0, 5, 40}) {
            OnlineLearner second = OnlineLearner.resume(
                    spec(other), first.state(), first.reservoir().slots());
            events.subList(150, 300).forEach(second::fold);
            assertEquals(300, second.events());
            assertTrue(Double.isFinite(second.predict(events.get(0)).variance()));
        }
    }

    /** The share of labels inside the intervals that were given when the events were asked about. */
    private static double coverage(int configured) {
        OnlineLearner learner = OnlineLearner.create(spec(configured), "");
        List<Observation> events = events(4000);
        ArrayDeque<Prediction> answers = new ArrayDeque<>();
        int covered = 0;
        for (int t = 0; t < events.size(); t++) {
            answers.addLast(learner.predict(events.get(t)));
            if (t >= DELAY) {
                Observation labelled = events.get(t - DELAY);
                covered += answers.removeFirst().covers(labelled.label()) ? 1 : 0;
                learner.fold(labelled);
            }
        }
        return covered / (double) (events.size() - DELAY);
    }

    private static ModelSpec spec(int delay) {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 2);
        builder.labelDelay = delay;
        builder.rivalEvents = 100;
        builder.capacity = 200;
        return builder.build();
    }

    /** A level that walks at random, so that what is twenty labels old is worth less. */
    private static List<Observation> events(int n) {
        List<Observation> events = new ArrayList<>();
        CounterRandom noise = CounterRandom.of(85, 0, 0, 0);
        double level = 0;
        for (int t = 0; t < n; t++) {
            float[] x = {(float) noise.gaussian(), (float) noise.gaussian()};
            level += 0.3 * noise.gaussian();
            double y = level + x[0] - 0.5 * x[1] + 0.3 * noise.gaussian();
            events.add(new Observation("", "e" + t, 1000L * t, new FeatureVector(x), y));
        }
        return events;
    }
}
