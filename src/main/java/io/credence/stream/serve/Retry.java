package io.credence.stream.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounded patience: asks again, at growing intervals, until there is an answer or the time is over. */
final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 2000;

    /** A question to something that may not be up yet. */
    interface Attempt<T> {
        /**
         * Asks once.
         *
         * @throws NotYet if it is worth asking again; any other exception ends the wait
         */
        T ask() throws NotYet, InterruptedException;
    }

    /** No answer yet: the message says why, as the end of a sentence. */
    static final class NotYet extends Exception {
        private static final long serialVersionUID = 1;

        NotYet(String why) {
            super(why);
        }
    }

    /** How to wait; a test does not. */
    interface Pause {
        void sleep(long millis) throws InterruptedException;
    }

    private final Duration limit;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanos;
    private final Pause pause;

    Retry(Duration limit, BooleanSupplier cancelled) {
        this(limit, cancelled, System::nanoTime, TimeUnit.MILLISECONDS::sleep);
    }

    Retry(Duration limit, BooleanSupplier cancelled, LongSupplier nanos, Pause pause) {
        this.limit = limit;
        this.cancelled = cancelled;
        this.nanos = nanos;
        this.pause = pause;
    }

    /**
     * The first answer.
     *
     * @param what is waited for, as in "the broker at localhost:9092"
     * @throws StartupException when the time is over, naming what was waited for and why it did not answer
     */
    <T> T until(String what, Attempt<T> attempt) {
        long end = nanos.getAsLong() + limit.toNanos();
        long wait = FIRST_PAUSE_MS;
        Optional<String> logged = Optional.empty();
        try {
            while (true) {
                try {
                    return attempt.ask();
                } catch (NotYet e) {
                    String why = String.valueOf(e.getMessage());
                    if (nanos.getAsLong() >= end) {
                        throw new StartupException(
                                "gave up on " + what + " after " + limit.toMillis() + " ms: " + why, e);
                    }
                    if (!logged.equals(Optional.of(why))) {
                        LOG.info("Waiting for {}: {}", what, why);
                        logged = Optional.of(why);
                    }
                }
                if (cancelled.getAsBoolean()) {
                    throw new StartupException("stopped while waiting for " + what);
                }
                pause.sleep(wait);
                wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while waiting for " + what, e);
        }
    }
}
