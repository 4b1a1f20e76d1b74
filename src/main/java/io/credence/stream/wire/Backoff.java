package io.credence.stream.wire;

import java.time.Duration;

/**
 * Bounded patience: how often a failed request is repeated, and how long it waits in between (doubling).
 *
 * @param attempts requests in all, at least 1
 * @param first wait before the second request
 * @param total time after which no further request starts; stays below Kafka's transaction timeout of 10 s
 */
record Backoff(int attempts, Duration first, Duration total) {
    static final Backoff DEFAULT = new Backoff(5, Duration.ofMillis(100), Duration.ofSeconds(5));

    /** The wait before request {@code attempt}, counted from 1 for the first repetition. */
    Duration before(int attempt) {
        return first.multipliedBy(1L << (attempt - 1));
    }
}
