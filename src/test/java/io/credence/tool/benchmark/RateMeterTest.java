package io.credence.tool.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.tool.benchmark.RateMeter.Flow;
import io.credence.tool.benchmark.RateMeter.Rates;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    @Test
    void shouldEndWithTheFirstFlowAndGiveEachItsShare() {
        Flow fast = new Flow(steps(30), 10, 300);
        Flow slow = new Flow(steps(10), 10, 1_000_000);
        Rates rates = RateMeter.measure(List.of(fast, slow), () -> true);
        assertEquals(3, rates.first() / rates.perSecond().get(1), 1e-9);
        assertTrue(rates.first() > 0);
    }

    @Test
    void shouldNotCountWhatCameBeforeEveryFlowWasWarm() {
        long start = System.nanoTime();
        Rates rates =
                RateMeter.measure(List.of(new Flow(steps(100), 100, 1_000), new Flow(steps(1), 5, 1_000)), () -> true);
        double most = (System.nanoTime() - start) * 1e-9;
        // Both are warm after five looks, of 500 and 5; the first ends after ten, at 1,000.
        assertTrue(rates.first() * most >= 500, "500 records in less than all the time");
        assertEquals(100, rates.first() / rates.perSecond().get(1), 1e-9);
    }

    @Test
    void shouldGiveNoNumberWhenEverythingCameAtOnce() {
        Rates rates = RateMeter.measure(List.of(new Flow(() -> 10, 2, 10)), () -> true);
        assertTrue(Double.isNaN(rates.first()) && Double.isNaN(rates.cpuMicros()), rates.toString());
    }

    @Test
    void shouldSaySoWhenWhatIsMeasuredHasStopped() {
        Flow flow = new Flow(() -> 0, 1, 2);
        var e = assertThrows(IllegalStateException.class, () -> RateMeter.measure(List.of(flow), () -> false));
        assertTrue(String.valueOf(e.getMessage()).contains("has stopped"), e.getMessage());
    }

    private static LongSupplier steps(long step) {
        AtomicLong count = new AtomicLong();
        return () -> count.addAndGet(step);
    }
}
