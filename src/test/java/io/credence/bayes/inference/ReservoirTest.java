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
            Reservoir reservoir = new Reservoir(CAPACITY);
            for (int t = 1; t <= EVENTS; t++) {
                reservoir.offer(event(t), t, CounterRandom.of(seed, 0, t, Purpose.RESERVOIR));
            }
            for (int i = 0; i < CAPACITY; i++) {
                counts[(int) reservoir.get(i).label() - 1]++;
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
        Reservoir reservoir = new Reservoir(CAPACITY);
        Map<Integer, Observation> mirror = new HashMap<>();
        int reported = 0;
        for (int t = 1; t <= EVENTS; t++) {
            reservoir.offer(event(t), t, CounterRandom.of(3, 0, t, 0));
            if (t % 7 == 0 || t == EVENTS) {
                for (Reservoir.Slot slot : reservoir.drainChanges()) {
                    assertTrue(slot.event() != mirror.put(slot.index(), slot.event()), "reported but unchanged");
                    reported++;
                }
                assertTrue(reservoir.drainChanges().isEmpty());
                assertEquals(reservoir.size(), mirror.size());
                mirror.forEach((i, held) -> assertEquals(held, reservoir.get(i)));
            }
        }
        assertTrue(reported > CAPACITY && reported < EVENTS);
    }

    @Test
    void shouldHoldNothingWhenItHasNoCapacity() {
        Reservoir reservoir = new Reservoir(0);
        reservoir.offer(event(1), 1, CounterRandom.of(3, 0, 1, 0));
        assertEquals(0, reservoir.size());
        assertEquals(List.of(), reservoir.drainChanges());
    }

    private static Observation event(int t) {
        return new Observation("", "e" + t, t, new FeatureVector(new float[] {t}), t);
    }
}
