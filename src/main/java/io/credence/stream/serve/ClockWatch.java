package io.credence.stream.serve;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the machine's clock was set back.
 *
 * <p>Kafka's clients and Kafka Streams compare wall-clock times: after the clock was set back by an hour, a stream thread
 * that runs already commits nothing, calls no punctuation and sends no heartbeat until the hour is over. A new thread
 * counts from the new time. A clock that is set forward needs nothing: what is due then is done once. Nor does one that is
 * slowed down instead of being set, as time services do with small differences.
 */
final class ClockWatch implements AutoCloseable {
    /** Shorter than sessions and transactions live: a smaller step is waited out. */
    static final Duration TOLERATED = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final long PERIOD_MS = 500;

    private final LongSupplier wallMs;
    private final LongSupplier nanos;
    private final Runnable setBack;
    private final ScheduledExecutorService looking;
    private long difference;

    /**
     * @param wallMs the clock that may jump
     * @param nanos one that does not
     * @param setBack what is done when the first was set back
     */
    ClockWatch(LongSupplier wallMs, LongSupplier nanos, Runnable setBack) {
        this.wallMs = wallMs;
        this.nanos = nanos;
        this.setBack = setBack;
        this.difference = difference();
        this.looking = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "credence-clock-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks at the clock twice a second until it is closed. */
    static ClockWatch start(LongSupplier wallMs, Runnable setBack) {
        ClockWatch watch = new ClockWatch(wallMs, System::nanoTime, setBack);
        // The executor's own time does not jump.
        var unused = watch.looking.scheduleWithFixedDelay(watch::look, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Compares the clocks with what they said the last time. One thread. */
    void look() {
        long now = difference();
        long back = difference - now;
        difference = now;
        if (back > TOLERATED.toMillis()) {
            LOG.warn(
                    "The clock was set back by {} ms: every stream thread is replaced, or it would wait as long", back);
            try {
                setBack.run();
            } catch (RuntimeException e) {
                LOG.error("The stream threads could not be replaced: restart the service", e);
            }
        }
    }

    /** Read between two looks at the clock that does not jump; a process paused in between looks again. */
    private long difference() {
        while (true) {
            long before = nanos.getAsLong();
            long wall = wallMs.getAsLong();
            if (nanos.getAsLong() - before < TOLERATED.toNanos() / 3) {
                return wall - TimeUnit.NANOSECONDS.toMillis(before);
            }
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
