package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Duration TICK = Duration.ofMillis(500);

    private final AtomicLong wallMs = new AtomicLong(1_700_000_000_000L);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger alarms = new AtomicInteger();
    private final ClockWatch watch = new ClockWatch(wallMs::get, nanos::get, alarms::incrementAndGet);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void shouldRaiseOneAlarmWhenTheClockIsSetBack() {
        for (Duration back : new Duration[] {Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofDays(3_650)}) {
            alarms.set(0);
            tick(TICK.toMillis());
            tick(-back.toMillis());
            tick(TICK.toMillis());
            assertEquals(1, alarms.get(), "set back by " + back);
        }
    }

    @Test
    void shouldStayCalmWhenTheClockIsSetForward() {
        tick(Duration.ofDays(3_650).toMillis());
        tick(TICK.toMillis());
        assertEquals(0, alarms.get());
    }

    @Test
    void shouldStayCalmWhenTheClockIsSlowOrStepsBackALittle() {
        for (int i = 0; i < 10_000; i++) {
            tick(TICK.toMillis() - 5);
        }
        tick(TICK.toMillis() - ClockWatch.TOLERATED.toMillis());
        assertEquals(0, alarms.get());
    }

    @Test
    void shouldGoOnWatchingWhenTheRemedyFails() {
        ClockWatch failing = new ClockWatch(wallMs::get, nanos::get, () -> {
            alarms.incrementAndGet();
            throw new IllegalStateException("no");
        });
        for (int i = 1; i <= 2; i++) {
            wallMs.addAndGet(-60_000);
            failing.look();
            assertEquals(i, alarms.get());
        }
        failing.close();
    }

    /** Half a second passes, in which the wall clock moves by so much. */
    private void tick(long wall) {
        nanos.addAndGet(TICK.toNanos());
        wallMs.addAndGet(wall);
        watch.look();
    }
}
