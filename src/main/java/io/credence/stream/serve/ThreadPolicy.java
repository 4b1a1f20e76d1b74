package io.credence.stream.serve;

import io.credence.stream.topology.ModelBehindException;
import io.credence.stream.wire.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: it is replaced, unless that has happened too often of late or the JVM
 * itself is broken; then the service stops and whoever started it decides. Safe for several threads.
 *
 * <p>A schema registry that does not answer, or a model whose newest version has not come yet, is no fault of ours, and
 * waiting heals it: threads that died of it are replaced for as long as the outage may last, and are not counted. A thread
 * cannot wait longer by itself, or its transaction would time out.
 */
final class ThreadPolicy implements StreamsUncaughtExceptionHandler {
    static final int MOST_REPLACEMENTS = 3;
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** An outage is over when so long no thread died of it: longer than a group needs to give a task to a new thread. */
    static final Duration QUIET = Duration.ofMinutes(2);

    private static final Duration TELLING = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadPolicy.class);

    private final Duration outagePatience;
    private final LongSupplier nanos;
    private final Deque<Long> replacements = new ArrayDeque<>();
    private final String application;
    private final Supplier<Optional<String>> missing;
    private @Nullable Outage outage;
    private long told;
    private @Nullable String cause;

    /** Deaths for want of what should come back: the first and the latest. */
    private record Outage(long since, long latest) {}

    /**
     * @param application its {@code application.id}
     * @param missing asks the broker which rights are missing, when one on a topic is; empty if it does not say
     * @param outagePatience how long an outage may last
     * @param nanos a monotonic clock, in nanoseconds
     */
    ThreadPolicy(String application, Supplier<Optional<String>> missing, Duration outagePatience, LongSupplier nanos) {
        this.missing = missing;
        this.application = application;
        this.outagePatience = outagePatience;
        this.nanos = nanos;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        long now = nanos.getAsLong();
        if (caused(exception, VirtualMachineError.class) || caused(exception, LinkageError.class)) {
            cause = root(exception);
            LOG.error("A stream thread died of a fault that a new thread would not heal; stopping", exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Optional<String> lasting = LastingFault.in(exception, application);
        if (lasting.isPresent()) {
            cause = caused(exception, TopicAuthorizationException.class)
                    ? missing.get().orElse(lasting.get())
                    : lasting.get();
            // The sentence says it all, and each thread would bring another trace.
            LOG.error("Stopping, as a new thread would meet it again: {}", cause);
            LOG.debug("It came from here", exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        boolean passing = caused(exception, RegistryUnavailableException.class)
                || caused(exception, ModelBehindException.class)
                || grown(exception);
        return passing ? awaited(now, exception) : counted(now, exception);
    }

    /** Why the service was stopped, one sentence; empty while it was not. */
    synchronized Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    private StreamThreadExceptionResponse awaited(long now, Throwable exception) {
        Outage last = outage;
        long since = last == null || now - last.latest > QUIET.toNanos() ? now : last.since;
        outage = new Outage(since, now);
        Duration away = Duration.ofNanos(now - since);
        if (away.compareTo(outagePatience) >= 0) {
            cause = root(exception);
            LOG.error(
                    "An outage has lasted for {} s, and credence.outage.timeout.ms is {}; stopping. Mend the cause and start"
                            + " the service again, it goes on with the same record: {}",
                    away.toSeconds(),
                    outagePatience.toMillis(),
                    root(exception));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (last == null || since == now || now - told >= TELLING.toNanos()) {
            told = now;
            LOG.warn(
                    "An outage has lasted for {} s; waiting for at most {} s: {}",
                    away.toSeconds(),
                    outagePatience.toSeconds(),
                    root(exception));
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** The fault itself, without what Kafka Streams and the network say about it. */
    private static String root(Throwable exception) {
        Throwable fault = exception;
        while (fault.getCause() != null
                && !(fault instanceof RegistryUnavailableException)
                && !(fault instanceof ModelBehindException)) {
            fault = fault.getCause();
        }
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    private StreamThreadExceptionResponse counted(long now, Throwable exception) {
        while (!replacements.isEmpty() && now - replacements.getFirst() > WINDOW.toNanos()) {
            replacements.removeFirst();
        }
        if (replacements.size() >= MOST_REPLACEMENTS) {
            cause = root(exception);
            LOG.error(
                    "A stream thread died and {} were replaced within {} minutes; stopping",
                    replacements.size(),
                    WINDOW.toMinutes(),
                    exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replacements.addLast(now);
        LOG.warn(
                "A stream thread died; replacing it ({} of {}): {}",
                replacements.size(),
                MOST_REPLACEMENTS,
                root(exception));
        LOG.debug("It came from here", exception);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Whether Kafka Streams found an input topic larger than changelogs: the service makes them fit. */
    private static boolean grown(Throwable exception) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            String why = String.valueOf(t.getMessage());
            if (why.contains("has invalid partitions") || why.contains("has different number of partitions")) {
                return true;
            }
        }
        return false;
    }

    private static boolean caused(Throwable exception, Class<? extends Throwable> kind) {
        for (Throwable t = exception; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
