package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.predict.ModelVersion;
import io.credence.fixture.SyntheticStream;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A learner that is told to forget all but its recent events. */
class ForgettingTest {
    private static final int WINDOW = 20;

    private final SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3);
    private final List<Observation> events = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 60, 3, 1);

    ForgettingTest() {
        builder.rivalEvents = WINDOW;
    }

    @Test
    void shouldBecomeItsRivalWhenItHasOne() {
        OnlineLearner learner = learned(50);
        LearnerState before = learner.state();
        int p = before.mu().length / 2;
        LearnerState after = learner.forgetting().state();

        assertEquals(new ModelVersion(1, before.version().step()), after.version());
        assertEquals(before.events(), after.events());
        assertArrayEquals(half(before.rho(), p), half(after.rho(), 0), "the champion has the deviations of the rival");
        assertArrayEquals(half(before.mu(), p), half(after.mu(), p), "the rival stays");
        assertEquals(WINDOW, after.memory()[Memory.HEAD], "N is that of the rival");
        assertEquals(0, after.memory()[0], "no evidence");
        assertArrayEquals(before.counters(), after.counters());
        assertArrayEquals(before.standardisation(), after.standardisation());
        States.assertSame(before, learner.state(), "the learner that was told");
    }

    @Test
    void shouldReplayNoneButTheRecentEventsWhenItHasForgotten() {
        OnlineLearner learner = learned(50);
        assertEquals(50, learner.reservoir().size());
        List<Observation> held = learner.forgetting().reservoir().slots().stream()
                .map(Reservoir.Slot::event)
                .toList();
        assertEquals(
                events.subList(30, 50).stream().map(Observation::eventId).toList(),
                held.stream().map(Observation::eventId).toList());
    }

    @Test
    void shouldStartOverFromThePriorButReplayWhatItHoldsWhenThereIsNoRival() {
        OnlineLearner learner = learned(12);
        LearnerState after = learner.forgetting().state();
        LearnerState prior = OnlineLearner.create(builder.build(), "m").state();

        assertArrayEquals(prior.weights().toArray(), after.weights().toArray());
        assertEquals(new ModelVersion(1, 0), after.version());
        assertEquals(0, after.events());
        assertEquals(12, after.memory()[Memory.HEAD], "N is what is replayed");
        assertEquals(12, learner.forgetting().reservoir().size());
    }

    @Test
    void shouldStartOverFromThePriorWhenThereIsNoWindow() {
        builder.rivalEvents = 0;
        OnlineLearner forgetful = learned(50).forgetting();
        assertEquals(0, forgetful.reservoir().size());
        LearnerState prior = OnlineLearner.create(builder.build(), "m").state();
        assertArrayEquals(prior.weights().toArray(), forgetful.state().weights().toArray());
        assertArrayEquals(prior.standardisation(), forgetful.state().standardisation());
    }

    @Test
    void shouldEndInTheSameBytesWhenItIsResumedAfterwards() {
        builder.batch = 7;
        OnlineLearner learner = learned(25);
        TreeMap<Integer, Reservoir.Slot> slots = new TreeMap<>();
        learner.reservoir().drainChanges().forEach(s -> slots.put(s.index(), s));
        events.subList(25, 45).forEach(learner::fold);
        OnlineLearner forgetful = learner.forgetting();
        assertEquals(3, forgetful.pending(), "the open minibatch");
        forgetful.reservoir().drainChanges().forEach(s -> slots.put(s.index(), s));
        OnlineLearner resumed = OnlineLearner.resume(builder.build(), forgetful.state(), slots.values());
        forgetful.openBatch().forEach(resumed::fold);
        events.subList(45, 60).forEach(event -> {
            forgetful.fold(event);
            resumed.fold(event);
        });
        States.assertSame(forgetful.state(), resumed.state(), "resumed");
    }

    private OnlineLearner learned(int count) {
        OnlineLearner learner = OnlineLearner.create(builder.build(), "m");
        events.subList(0, count).forEach(learner::fold);
        return learner;
    }

    private static float[] half(float[] both, int from) {
        return java.util.Arrays.copyOfRange(both, from, from + both.length / 2);
    }
}
