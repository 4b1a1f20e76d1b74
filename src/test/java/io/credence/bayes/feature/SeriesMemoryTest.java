package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.PastByHand.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesMemoryTest {
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final double[] NOTHING = {};

    @Test
    void shouldEqualAComputationFromTheWholeHistoryWhenEventsAndLabelsComeLate() {
        String list = "lag(label,1,24), lag(label,2,arrived), mean(label,24), std(label,6h), mean(x,3h), min(x,3h),"
                + " max(x,3h), ewma(label,5), delta(x), since(label), count(2h)";
        PastPlan plan = PastPlan.of(FeatureSpec.parseList(list));
        SeriesMemory memory = new SeriesMemory(plan);
        PastByHand hand = new PastByHand();
        Random random = new Random(7);
        ArrayDeque<Object[]> waiting = new ArrayDeque<>();

        for (int i = 0; i < 900; i++) {
            long late = random.nextInt(5) == 0 ? random.nextInt(20) * 30 * MINUTE : 0;
            Event event =
                    new Event(i * 20 * MINUTE - late, random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian());
            double[] expected = byHand(hand, event);
            Remembered remembered = memory.remember(0, event.time, new double[] {event.value});
            assertArrayEquals(expected, memory.recall(remembered), 1e-9, "event " + i);
            hand.arrive(event);
            waiting.add(new Object[] {event, remembered, expected});
            while (waiting.size() > random.nextInt(6)) {
                Object[] answered = waiting.remove();
                Event old = (Event) answered[0];
                old.label = random.nextGaussian();
                Remembered known = memory.answer((Remembered) answered[1], old.label);
                assertArrayEquals((double[]) answered[2], memory.recall(known), 1e-9, "asked again");
            }
        }
    }

    private static double[] byHand(PastByHand hand, Event event) {
        long t = event.time;
        return new double[] {
            hand.lagOfLabel(t, 1),
            hand.lagOfLabel(t, 24),
            hand.lagOfArrivedLabel(t, 2),
            hand.meanOfLabels(t, 24),
            hand.deviationOfLabels(t, 6 * HOUR),
            hand.meanOfValues(t, event.value, 3 * HOUR),
            hand.leastOfValues(t, event.value, 3 * HOUR),
            hand.mostOfValues(t, event.value, 3 * HOUR),
            hand.weightedLabels(t, 5),
            hand.change(t, event.value),
            hand.secondsSinceLabel(t),
            hand.count(t, 2 * HOUR)
        };
    }

    @Test
    void shouldContinueWhereItStoppedWhenItIsMadeOfItsEvents() {
        PastPlan plan = PastPlan.of(FeatureSpec.parseList("lag(label,1,3),mean(label,5),mean(x,1h)"));
        SeriesMemory memory = new SeriesMemory(plan);
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            double[] x = {random.nextGaussian()};
            Remembered event = memory.remember(0, i * MINUTE - random.nextInt(3) * 5 * MINUTE, x);
            memory.answer(event, i);
            memory = i % 7 == 0 ? new SeriesMemory(plan, memory.events()) : memory;
        }
        SeriesMemory again = new SeriesMemory(plan, memory.events());

        assertEquals(memory.events(), again.events());
        assertArrayEquals(
                memory.recall(memory.latest(), new double[] {1}), again.recall(again.latest(), new double[] {1}));
    }

    @Test
    void shouldForgetTheOldestWhenItIsFull() {
        PastPlan plan = PastPlan.of(FeatureSpec.parseList("lag(label,1)"));
        SeriesMemory memory = new SeriesMemory(plan);
        for (int i = 0; i < 1000; i++) {
            memory.answer(memory.remember(0, i, NOTHING), i);
        }

        assertEquals(plan.capacity(), memory.events().size());
        assertEquals(999, memory.recall(1000, NOTHING)[0]);
    }

    @Test
    void shouldFindTheEventOfALabelWhenItHasItsIdentityOrItsTime() {
        SeriesMemory memory = new SeriesMemory(PastPlan.of(FeatureSpec.parseList("lag(label,1)")));
        Remembered first = memory.remember(0, 5, NOTHING);
        Remembered second = memory.remember(0, 5, NOTHING);
        Remembered named = memory.remember(17, 5, NOTHING);

        assertEquals(first, memory.find(0, 5));
        memory.answer(first, 1);
        assertEquals(second, memory.find(0, 5));
        assertEquals(named, memory.find(17, 99));
        assertNull(memory.find(0, 6));
        assertNull(memory.find(18, 5));
    }

    @Test
    void shouldKeepTheFirstLabelWhenAnotherComes() {
        SeriesMemory memory = new SeriesMemory(PastPlan.of(FeatureSpec.parseList("lag(label,1)")));
        memory.answer(memory.remember(9, 5, NOTHING), 1);
        Remembered found = memory.find(9, 5);
        assertNotNull(found);

        assertEquals(1, memory.answer(found, 2).label());
        assertEquals(1, memory.recall(6, NOTHING)[0]);
    }

    @Test
    void shouldTellLateEventsNothingOfWhatCameAfterThem() {
        SeriesMemory memory = new SeriesMemory(PastPlan.of(FeatureSpec.parseList("count(1h),lag(label,1)")));
        List<Remembered> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(memory.answer(memory.remember(0, i * 10 * MINUTE, NOTHING), i));
        }

        assertArrayEquals(new double[] {4, 2}, memory.recall(25 * MINUTE, NOTHING));
        assertArrayEquals(new double[] {6, 8}, memory.recall(events.get(9)));
    }

    @Test
    void shouldRememberAnEventUntilItsLabelComesWhenLabelsAreLate() {
        PastPlan plan = PastPlan.of(FeatureSpec.parseList("lag(label,1,arrived)"), 500);
        SeriesMemory memory = new SeriesMemory(plan);
        for (int i = 0; i < 500; i++) {
            memory.remember(i + 1, i, new double[0]);
        }

        assertEquals(0, memory.find(1, 0).time());
        assertFalse(memory.hasForgotten(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 24})
    void shouldTellTheSameAsLabelsThatComeLateWhenTheHorizonIsThatFarAhead(int steps) {
        List<FeatureSpec> list = FeatureSpec.parseList(
                "lag(label,1,5,24),lag(label,2,arrived),mean(label,6),std(label,3h),ewma(label,3),delta(label),mean(x,4)");
        SeriesMemory ahead = new SeriesMemory(PastPlan.of(list, 0, Horizon.parse("" + steps)));
        SeriesMemory timed = new SeriesMemory(PastPlan.of(list, 0, Horizon.parse(20 * steps + "min")));
        SeriesMemory late = new SeriesMemory(PastPlan.of(list, steps));
        ArrayDeque<Remembered> waiting = new ArrayDeque<>();
        ArrayDeque<Double> labels = new ArrayDeque<>();
        Random random = new Random(5);

        for (int i = 0; i < 300; i++) {
            double[] x = {random.nextGaussian()};
            Remembered here = ahead.remember(0, i * 20 * MINUTE, x);
            Remembered there = timed.remember(0, i * 20 * MINUTE, x);
            waiting.add(late.remember(0, i * 20 * MINUTE, x));
            double[] expected = late.recall(waiting.getLast());
            assertArrayEquals(expected, ahead.recall(here), "event " + i);
            assertArrayEquals(expected, timed.recall(there), "event " + i);
            labels.add(random.nextGaussian());
            ahead.answer(here, labels.getLast());
            timed.answer(there, labels.getLast());
            if (waiting.size() == steps) {
                late.answer(waiting.remove(), labels.remove());
            }
        }
    }

    @Test
    void shouldSayThatAnEventIsForgottenWhenItIsOlderThanAllThatAreRemembered() {
        PastPlan plan = PastPlan.of(FeatureSpec.parseList("lag(label,1,arrived)"));
        SeriesMemory memory = new SeriesMemory(plan);
        for (int i = 0; i <= plan.capacity(); i++) {
            memory.remember(i + 1, i, new double[0]);
        }

        assertTrue(memory.hasForgotten(0));
        assertFalse(memory.hasForgotten(1));
    }
}
