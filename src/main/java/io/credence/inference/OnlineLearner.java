package io.credence.inference;

import io.credence.feature.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A Bayesian neural network that learns event by event: the fold {@code posterior' = learn(posterior, minibatch)}.
 *
 * <p>Deterministic: the same model specification, state and events give the same bytes. No clock, no I/O, no unseeded
 * randomness. One thread.
 */
public final class OnlineLearner {
    /** A learner at its prior. */
    public static OnlineLearner create(ModelSpec spec, String modelKey) {
        throw new IllegalStateException("not yet");
    }

    /**
     * A learner that continues from a stored state.
     *
     * @param reservoir the stored slots of the replay reservoir, as {@link #reservoir()} reported them
     * @throws IllegalArgumentException if the state was made for another shape
     */
    public static OnlineLearner resume(ModelSpec spec, LearnerState state, Iterable<Reservoir.Slot> reservoir) {
        throw new IllegalStateException("not yet");
    }

    /**
     * Takes one labelled event; when it closes a minibatch, tests and trains on that minibatch.
     *
     * <p>A minibatch closes when it holds the configured number of events, or when an event arrives whose event time is
     * more than the configured linger after the minibatch's first.
     *
     * @return what the step did, or null while the minibatch is still open
     */
    public @Nullable Step fold(Observation event) {
        throw new IllegalStateException("not yet");
    }

    /** Trains on the open minibatch, if it holds any event. */
    public @Nullable Step flush() {
        throw new IllegalStateException("not yet");
    }

    /** The state after the last step, without the open minibatch: a copy. Cost O(weights). */
    public LearnerState state() {
        throw new IllegalStateException("not yet");
    }

    /** Labelled events consumed by finished steps. */
    public long events() {
        throw new IllegalStateException("not yet");
    }

    /** Updates applied within the epoch. */
    public long step() {
        throw new IllegalStateException("not yet");
    }

    /** Rises with import, reset and rollback. */
    public long epoch() {
        throw new IllegalStateException("not yet");
    }

    /** Events in the open minibatch. */
    public int pending() {
        throw new IllegalStateException("not yet");
    }

    /** The test-then-train metrics of the events consumed by finished steps. */
    public PrequentialSums prequential() {
        throw new IllegalStateException("not yet");
    }

    /** The replay reservoir. */
    public Reservoir reservoir() {
        throw new IllegalStateException("not yet");
    }
}
