package io.credence.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: it is replaced, unless that has happened too often of late or the JVM
 * itself is broken; then the service stops and whoever started it decides. Safe for several threads.
 */
final class ThreadPolicy implements StreamsUncaughtExceptionHandler {
    static final int MOST_REPLACEMENTS = 3;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadPolicy.class);

    private final LongSupplier nanos;
    private final Deque<Long> replacements = new ArrayDeque<>();

    /** @param nanos a monotonic clock, in nanoseconds */
    ThreadPolicy(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        long now = nanos.getAsLong();
        while (!replacements.isEmpty() && now - replacements.getFirst() > WINDOW.toNanos()) {
            replacements.removeFirst();
        }
        if (broken(exception)) {
            LOG.error("A stream thread died of a fault that a new thread would not heal; stopping", exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (replacements.size() >= MOST_REPLACEMENTS) {
            LOG.error(
                    "A stream thread died and {} were replaced within {} minutes; stopping",
                    replacements.size(),
                    WINDOW.toMinutes(),
                    exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replacements.addLast(now);
        LOG.warn("A stream thread died; replacing it ({} of {})", replacements.size(), MOST_REPLACEMENTS, exception);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean broken(Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (t instanceof VirtualMachineError || t instanceof LinkageError) {
                return true;
            }
        }
        return false;
    }
}
