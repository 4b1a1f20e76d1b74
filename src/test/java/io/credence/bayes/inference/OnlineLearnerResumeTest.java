package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.fixture.SyntheticStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A learner is a function of its events: repeated, or resumed anywhere, it ends in the same bytes. */
class OnlineLearnerResumeTest {
    private static final int EVENTS = 45;

    static Stream<Arguments> specs() {
        List<Arguments> specs = new ArrayList<>();
        for (LikelihoodKind kind : LikelihoodKind.values()) {
            specs.add(with(kind.name(), kind, b -> {}));
        }
        LikelihoodKind gaussian = LikelihoodKind.GAUSSIAN;
        specs.add(with("batch 7", gaussian, b -> b.batch = 7));
        specs.add(with("batch 7, binary", LikelihoodKind.BERNOULLI, b -> b.batch = 7));
        specs.add(with("linger", gaussian, b -> {
            b.batch = 100;
            b.lingerMs = 3500;
        }));
        specs.add(with("inner steps", gaussian, b -> b.innerSteps = 3));
        specs.add(with("no replay", gaussian, b -> b.replay = 0));
        specs.add(with("no drift", gaussian, b -> b.drift = false));
        specs.add(with("small reservoir", gaussian, b -> b.capacity = 6));
        specs.add(with("von, shared, window", gaussian, b -> {
            b.rule = RuleKind.VON;
            b.estimator = EstimatorKind.SHARED;
            b.nPolicy = NPolicy.WINDOW;
            b.nValue = 20;
        }));
        specs.add(with("recursive", gaussian, b -> {
            b.nPolicy = NPolicy.RECURSIVE;
            b.replay = 0;
            b.innerSteps = 4;
        }));
        return specs.stream();
    }

    private static Arguments with(String name, LikelihoodKind kind, Consumer<SpecBuilder> change) {
        SpecBuilder builder = SpecBuilder.of(kind, 3);
        change.accept(builder);
        return Arguments.of(name, kind, builder.build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("specs")
    void shouldEndInTheSameBytesWhenRepeated(String name, LikelihoodKind kind, ModelSpec spec) {
        States.assertSame(run(spec, kind).state(), run(spec, kind).state(), name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("specs")
    void shouldEndInTheSameBytesWhenResumedAnywhere(String name, LikelihoodKind kind, ModelSpec spec) {
        List<Observation> events = SyntheticStream.of(kind, EVENTS, 3, 1);
        LearnerState expected = run(spec, kind).state();
        OnlineLearner learner = OnlineLearner.create(spec, "m");
        TreeMap<Integer, Reservoir.Slot> slots = new TreeMap<>();
        LearnerState checkpoint = learner.state();
        for (int i = 0; i < EVENTS; i++) {
            learner.fold(events.get(i));
            if (i % 4 == 3) {
                checkpoint = learner.state();
                learner.reservoir().drainChanges().forEach(s -> slots.put(s.index(), s));
            }
            if (i % 3 == 0) {
                OnlineLearner resumed = OnlineLearner.resume(spec, checkpoint, slots.values());
                for (int j = (int) checkpoint.events(); j < EVENTS; j++) {
                    resumed.fold(events.get(j));
                }
                States.assertSame(expected, resumed.state(), name + ", resumed after " + i);
                assertEquals(run(spec, kind).pending(), resumed.pending());
            }
        }
    }

    @Test
    void shouldEndInOtherBytesWhenSeedModelOrEventsDiffer() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3);
        float[] one = run(builder.build(), LikelihoodKind.GAUSSIAN).state().mu();
        builder.seed = 6;
        float[] other = run(builder.build(), LikelihoodKind.GAUSSIAN).state().mu();
        OnlineLearner named = OnlineLearner.create(builder.build(), "another");
        SyntheticStream.of(LikelihoodKind.GAUSSIAN, EVENTS, 3, 1).forEach(named::fold);
        for (int i = 0; i < one.length; i++) {
            assertTrue(one[i] != other[i] && other[i] != named.state().mu()[i]);
        }
    }

    @Test
    void shouldNotChangeAStateWhenTheLearnerGoesOn() {
        ModelSpec spec = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3).build();
        List<Observation> events = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 20, 3, 1);
        OnlineLearner learner = OnlineLearner.create(spec, "m");
        events.subList(0, 10).forEach(learner::fold);
        LearnerState state = learner.state();
        LearnerState same = learner.state();
        events.subList(10, 20).forEach(learner::fold);
        States.assertSame(same, state, "the copy");
        OnlineLearner first = OnlineLearner.create(spec, "m");
        events.subList(0, 10).forEach(first::fold);
        States.assertSame(first.state(), state, "the state of then");
    }

    @Test
    void shouldRefuseWhenASlotIsMissing() {
        ModelSpec spec = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3).build();
        OnlineLearner learner = run(spec, LikelihoodKind.GAUSSIAN);
        List<Reservoir.Slot> slots = new ArrayList<>(learner.reservoir().drainChanges());
        slots.remove(3);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> OnlineLearner.resume(spec, learner.state(), slots));
        assertEquals("replay slot 3 of 1000 is missing", e.getMessage());
    }

    @Test
    void shouldGoOnWhenTheCapacityOfTheReservoirWasChanged() {
        SpecBuilder builder = SpecBuilder.of(LikelihoodKind.GAUSSIAN, 3);
        builder.capacity = 10;
        builder.rivalEvents = 0;
        OnlineLearner learner = run(builder.build(), LikelihoodKind.GAUSSIAN);
        List<Reservoir.Slot> slots = learner.reservoir().drainChanges();
        List<Observation> more = SyntheticStream.of(LikelihoodKind.GAUSSIAN, 20, 3, 2);
        for (int capacity : new int[] {4, 10, 16}) {
            builder.capacity = capacity;
            OnlineLearner resumed = OnlineLearner.resume(builder.build(), learner.state(), slots);
            assertEquals(Math.min(10, capacity), resumed.reservoir().size());
            more.forEach(resumed::fold);
            assertEquals(capacity, resumed.reservoir().size());
        }
    }

    private static OnlineLearner run(ModelSpec spec, LikelihoodKind kind) {
        OnlineLearner learner = OnlineLearner.create(spec, "m");
        SyntheticStream.of(kind, EVENTS, 3, 1).forEach(learner::fold);
        return learner;
    }
}
