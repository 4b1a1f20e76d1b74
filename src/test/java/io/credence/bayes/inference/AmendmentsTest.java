package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that are corrected once they were learned, beside a plain map of the last label of each event. */
class AmendmentsTest {
    private static final int EVENTS = 400;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void shouldReplayAndMeasureTheLastLabelOfEachEvent(int batchSize) {
        OnlineLearner learner = learner(batchSize);
        Random random = new Random(7);
        List<Observation> last = new ArrayList<>();
        int corrections = 0;
        for (int i = 0; i < EVENTS; i++) {
            Observation event = event(i, 0, random.nextGaussian());
            last.add(event);
            learner.fold(event);
            while (random.nextInt(3) == 0) {
                int of = last.size() - 1 - random.nextInt(Math.min(last.size(), random.nextInt(5) == 0 ? 300 : 5));
                Observation now = event(of, 0, random.nextGaussian() * 3);
                learner.fold(now.correcting(last.get(of)));
                last.set(of, now);
                corrections++;
            }
        }
        learner.flush();
        assertTrue(corrections > 150);
        double squared = 0;
        double absolute = 0;
        double likelihood = 0;
        double labels = 0;
        long covered = 0;
        Map<String, Double> byId = new HashMap<>();
        for (Observation event : last) {
            double error = event.label() - 2;
            squared += error * error;
            absolute += Math.abs(error);
            likelihood += error * error / 2;
            covered += Math.abs(error) <= 1.5 ? 1 : 0;
            labels += event.label();
            byId.put(event.eventId(), event.label());
        }
        PrequentialSums sums = learner.prequential();
        assertEquals(EVENTS, sums.n());
        assertEquals(EVENTS, learner.events());
        assertEquals(squared, sums.squaredError(), 1e-9 * squared);
        assertEquals(absolute, sums.absoluteError(), 1e-9 * absolute);
        assertEquals(likelihood, sums.negativeLogLikelihood(), 1e-9 * likelihood);
        assertEquals(covered, sums.covered());
        assertEquals(labels / EVENTS, sums.labelMean(), 1e-9);
        List<Reservoir.Slot> slots = learner.reservoir().slots();
        assertTrue(slots.size() >= 50, "held " + slots.size());
        for (Reservoir.Slot slot : slots) {
            assertEquals(byId.get(slot.event().eventId()), slot.event().label());
        }
    }

    @Test
    void shouldLeaveMetricsAloneThatDoNotCountTheEvent() {
        OnlineLearner learner = learner(1);
        Observation before = event(0, 0, 1);
        Observation now = event(0, 0, 3);
        learner.fold(now.correcting(before));
        assertEquals(PrequentialSums.NONE, learner.prequential(), "nothing is counted");

        learner.fold(before);
        OnlineLearner again = learner.restarted();
        again.fold(event(1, 1, 1));
        PrequentialSums counted = again.prequential();
        again.fold(now.correcting(before));
        assertSame(counted, again.prequential(), "it was counted in the epoch before");
        Observation unasked = new Observation("", "e1", 1, now.features(), 5);
        again.fold(unasked.correcting(event(1, 1, 1)));
        assertSame(counted, again.prequential(), "nobody knows what was predicted");
        assertEquals(5, again.reservoir().slots().get(0).event().label(), "it is replayed all the same");
    }

    /** Corrections that end a minibatch by their time are of what it and those before learned: no event is left to train on. */
    @Test
    void shouldTrainOnNothingWhenCorrectionsAreAllThatComes() {
        ModelSpec spec = ModelSpec.builder()
                .features("x")
                .task(Task.REGRESSION)
                .hidden(4)
                .batchSize(2)
                .batchLingerMs(1_000)
                .replayEvents(0)
                .drift(false)
                .build();
        OnlineLearner learner = OnlineLearner.create(spec, "");
        Observation early = at(0, 1, 0);
        Observation late = at(1, 2, 100_000);
        learner.fold(late);
        learner.fold(early);
        learner.fold(at(2, 0.5, 50));
        Step lingered = learner.fold(at(1, 3, 100_000).correcting(late));
        assertEquals(
                List.of("e2"),
                lingered.batch().stream().map(Observation::eventId).toList());
        assertEquals(0, learner.pending(), "a correction opens no minibatch");
        assertNull(learner.fold(at(0, -1, 0).correcting(early)));
        assertEquals(2, learner.version().step());
        assertEquals(3, learner.events());
        assertEquals(9 + 1 + 0.25, learner.prequential().squaredError(), 1e-9);
        assertTrue(Double.isFinite(learner.kl()), "weights are finite");
    }

    private static Observation at(int i, double noise, long time) {
        Observation event = event(i, 0, noise);
        return new Observation("", event.eventId(), time, event.features(), event.label(), event.prior());
    }

    private static OnlineLearner learner(int batchSize) {
        ModelSpec spec = ModelSpec.builder()
                .features("x")
                .task(Task.REGRESSION)
                .hidden(4)
                .batchSize(batchSize)
                .replayEvents(2)
                .replayCapacity(50)
                .drift(false)
                .build();
        return OnlineLearner.create(spec, "");
    }

    private static Observation event(int i, long epoch, double noise) {
        double label = 2 + noise;
        Foretold then = new Foretold(epoch, 1, 2, 1, List.of(0.5), List.of(3.5), 0.5, -noise * noise / 2);
        return new Observation("", "e" + i, i, new FeatureVector(new double[] {i % 7}), label, then);
    }
}
