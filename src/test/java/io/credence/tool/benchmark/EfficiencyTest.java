package io.credence.tool.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EfficiencyTest {
    @Test
    void shouldAddTheTimesWhenRatesFollowEachOther() {
        // 10 µs through Kafka and 30 µs in the network are 40 µs.
        assertEquals(25_000, Efficiency.attainable(100_000, 1e6 / 30), 1e-6);
    }

    @Test
    void shouldBeOneWhenNothingElseCostsTime() {
        assertEquals(1, Efficiency.of(25_000, 100_000, 1e6 / 30), 1e-12);
        assertEquals(0.8, Efficiency.of(20_000, 100_000, 1e6 / 30), 1e-12);
    }

    @Test
    void shouldBeTheSameWhenTimesAreGivenForRates() {
        double byRates = Efficiency.of(40_000, 100_000, 80_000);
        double byMicros = Efficiency.of(1 / 25.0, 1 / 10.0, 1 / 12.5);
        assertEquals(byRates, byMicros, 1e-12);
    }

    @Test
    void shouldTakeTheMiddleWhenAskedForTheMedian() {
        assertEquals(3, Efficiency.median(9, 1, 3));
        assertEquals(2.5, Efficiency.median(4, 1, 2, 3));
        assertEquals(7, Efficiency.median(7));
        assertThrows(IllegalArgumentException.class, Efficiency::median);
    }
}
