package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReservoirTest {
    private static final int CAPACITY = 10;
    private static final int EVENTS = 60;

    @Test
    void shouldHoldEveryEventEquallyOftenWhenTheStreamIsLonger() {
        int trials = 6000;
        double[] counts = new double[EVENTS];
        for (int seed = 0; seed < trials; seed++) {
            Reservoir reservoir = new Reservoir(0, CAPACITY);
            for (int t = 1; t <= EVENTS; t++) {
                reservoir.offer(event(t), CounterRandom.of(seed, 0, t, Purpose.RESERVOIR));
            }
            for (int i = 0; i < CAPACITY; i++) {
                counts[(int) reservoir.slots().get(i).event().label() - 1]++;
            }
        }
        double expected = (double) trials * CAPACITY / EVENTS;
        double chi2 = 0;
        for (double count : counts) {
            chi2 += (count - expected) * (count - expected) / (expected * (1 - (double) CAPACITY / EVENTS));
        }
        /* 59 degrees of freedom: mean 59, deviation 10.9; five deviations. */
        assertTrue(chi2 < 59 + 5 * 10.9, "χ² = " + chi2);
    }

    @Test
    void shouldReportExactlyTheOverwrittenSlotsWhenDrained() {
        Reservoir reservoir = new Reservoir(0, CAPACITY);
        Map<Integer, Observation> mirror = new HashMap<>();
        int reported = 0;
        for (int t = 1; t <= EVENTS; t++) {
            reservoir.offer(event(t), CounterRandom.of(3, 0, t, 0));
            if (t % 7 == 0 || t == EVENTS) {
                for (Reservoir.Slot slot : reservoir.drainChanges()) {
                    assertTrue(slot.event() != mirror.put(slot.index(), slot.event()), "reported but unchanged");
                    reported++;
                }
                assertTrue(reservoir.drainChanges().isEmpty());
                assertEquals(reservoir.size(), mirror.size());
                reservoir.slots().forEach(slot -> assertEquals(mirror.get(slot.index()), slot.event()));
            }
        }
        assertTrue(reported > CAPACITY && reported < EVENTS);
    }

    @Test
    void shouldHoldNothingWhenItHasNoCapacity() {
        Reservoir reservoir = new Reservoir(0, 0);
        reservoir.offer(event(1), CounterRandom.of(3, 0, 1, 0));
        assertEquals(0, reservoir.size());
        assertEquals(List.of(), reservoir.drainChanges());
    }

    @Test
    void shouldHoldTheLastEventsWholeAndASampleOfThoseBefore() {
        Reservoir reservoir = new Reservoir(7, CAPACITY);
        for (int t = 1; t <= EVENTS; t++) {
            reservoir.offer(event(t), CounterRandom.of(3, 0, t, 0));
        }
        List<Reservoir.Slot> slots = reservoir.slots();
        for (int i = 0; i < 7; i++) {
            assertEquals(EVENTS - 6 + i, slots.get(i).event().label());
            assertEquals((EVENTS - 7 + i) % 7, slots.get(i).index());
        }
        assertEquals(7 + CAPACITY, reservoir.size());
        assertEquals(EVENTS - 7, reservoir.counts().older());
        for (int i = 7; i < slots.size(); i++) {
            assertTrue(slots.get(i).event().label() <= EVENTS - 7);
        }
    }

    @Test
    void shouldHoldOnlyTheLastEventsWhenItForgetsTheOlderOnes() {
        Reservoir reservoir = filled(7);
        reservoir.forgetOlder();
        assertEquals(7, reservoir.size());
        CounterRandom noise = CounterRandom.of(1, 2, 3, 4);
        for (int i = 0; i < 100; i++) {
            assertTrue(reservoir.draw(noise, false).label() > EVENTS - 7);
        }
        reservoir.offer(event(EVENTS + 1), noise);
        assertEquals(EVENTS - 6, reservoir.slots().get(7).event().label(), "the displaced one begins the older part");
    }

    @Test
    void shouldBeTheSameWhenRestoredFromItsSlots() {
        for (int window : new int[] {0, 7, 100}) {
            Reservoir reservoir = filled(window);
            Reservoir restored = new Reservoir(window, CAPACITY, reservoir.counts(), window, reservoir.slots());
            assertEquals(reservoir.slots(), restored.slots());
            for (int t = 1; t < 30; t++) {
                reservoir.offer(event(t), CounterRandom.of(5, 0, t, 0));
                restored.offer(event(t), CounterRandom.of(5, 0, t, 0));
            }
            assertEquals(reservoir.slots(), restored.slots(), "window " + window);
        }
    }

    @Test
    void shouldKeepTheNewestWhenTheWindowIsAnotherThanWhenStored() {
        Reservoir reservoir = filled(7);
        Reservoir wider = new Reservoir(20, CAPACITY, reservoir.counts(), 7, reservoir.slots());
        Reservoir narrower = new Reservoir(3, CAPACITY, reservoir.counts(), 7, reservoir.slots());
        assertEquals(7 + CAPACITY, wider.size());
        assertEquals(3 + CAPACITY, narrower.size());
        assertEquals(EVENTS, narrower.slots().get(2).event().label());
        for (Reservoir resized : List.of(wider, narrower)) {
            int recent = resized.counts().recent();
            assertEquals(recent, resized.drainChanges().size(), "all of the recent part is written anew");
            Reservoir again =
                    new Reservoir(resized.window(), CAPACITY, resized.counts(), resized.window(), resized.slots());
            assertEquals(resized.slots(), again.slots());
        }
    }

    private static Reservoir filled(int window) {
        Reservoir reservoir = new Reservoir(window, CAPACITY);
        for (int t = 1; t <= EVENTS; t++) {
            reservoir.offer(event(t), CounterRandom.of(3, 0, t, 0));
        }
        reservoir.drainChanges();
        return reservoir;
    }

    private static Observation event(int t) {
        return new Observation("", "e" + t, t, new FeatureVector(new float[] {t}), t);
    }
}
