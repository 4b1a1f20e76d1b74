package io.credence.stream.topology;

import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.state.WaitingEvents.Waiting;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The events that wait for one model to warm up, oldest first, and since when it stands still. One thread. */
final class ModelQueue {
    private final String modelKey;
    private final Deque<Held> events = new ArrayDeque<>();
    private @Nullable ModelVersion version;
    private long since;

    ModelQueue(String modelKey) {
        this.modelKey = modelKey;
    }

    String modelKey() {
        return modelKey;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    void add(Held event) {
        events.add(event);
    }

    /** @throws java.util.NoSuchElementException if none waits */
    Held first() {
        return events.element();
    }

    /** Takes the first one away. */
    Held remove() {
        return events.remove();
    }

    /** The number of the first one; higher than any other's if none waits. */
    long oldest() {
        return events.isEmpty() ? Long.MAX_VALUE : first().waiting.number();
    }

    /** Looks whether the model has moved; a clock that was set back begins anew. */
    void look(ModelVersion newest, long now) {
        if (!newest.equals(version) || now < since) {
            version = newest;
            since = now;
        }
    }

    /** How long the model has been seen not to move. */
    long standsFor(long now) {
        return now - since;
    }

    /** An event that waits. */
    static final class Held {
        private final Waiting waiting;
        private final Event event;
        private long since;

        /**
         * @param waiting as it is stored
         * @param event as it was read
         */
        Held(Waiting waiting, Event event) {
            this.waiting = waiting;
            this.event = event;
            this.since = waiting.since();
        }

        Waiting waiting() {
            return waiting;
        }

        Event event() {
            return event;
        }

        /** How long it has waited; a clock that was set back begins anew. */
        long waits(long now) {
            since = Math.min(since, now);
            return now - since;
        }
    }
}
