package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A uniform sample of all past events, kept in a fixed number of slots.
 *
 * <p>Slots change only when events are consumed by a step, so that a learner resumed from state and slots of one moment
 * draws the same events.
 */
public final class Reservoir {
    /*
     * Vitter (1985), algorithm R: event number t (from 1) fills slot t − 1 while t ≤ capacity, else replaces a uniform
     * slot with probability capacity / t. The uniform number is a hash of (seed, model, t): no generator state.
     * Where the configuration gave it more slots than were stored, they fill up first: until they are replaced the
     * sample leans towards the events after the change.
     */

    /**
     * One stored event.
     *
     * @param index its place, from 0
     * @param event what it holds
     */
    public record Slot(int index, Observation event) {}

    private final int capacity;
    private final long origin;
    private final List<Observation> slots = new ArrayList<>();
    private final TreeSet<Integer> changed = new TreeSet<>();

    Reservoir(int capacity) {
        this(capacity, 0);
    }

    Reservoir(int capacity, long origin) {
        this.capacity = capacity;
        this.origin = origin;
    }

    Reservoir(int capacity, long origin, long events, Iterable<Slot> stored) {
        this(capacity, origin);
        int held = (int) Math.min(capacity, events - origin);
        Observation[] found = new Observation[held];
        for (Slot slot : stored) {
            if (slot.index() < held) {
                found[slot.index()] = slot.event();
            }
        }
        int filled = held;
        while (filled > 0 && found[filled - 1] == null) {
            filled--;
        }
        for (int i = 0; i < filled; i++) {
            if (found[i] == null) {
                throw new IllegalArgumentException("replay slot " + i + " of " + filled + " is missing");
            }
            slots.add(found[i]);
        }
    }

    /** Events that the model had learned when this reservoir began, empty: 0 unless the model was taken over. */
    public long origin() {
        return origin;
    }

    /** Events held. */
    public int size() {
        return slots.size();
    }

    /** The event in a slot. */
    Observation get(int index) {
        return slots.get(index);
    }

    /** Takes event number {@code number} of the model, counted from 1 at its beginning. */
    void offer(Observation event, long number, CounterRandom noise) {
        long t = number - origin;
        if (slots.size() < capacity) {
            slots.add(event);
            changed.add(slots.size() - 1);
            return;
        }
        long place = noise.below(t);
        if (place < capacity) {
            slots.set((int) place, event);
            changed.add((int) place);
        }
    }

    /** All slots in use: a copy. */
    public List<Slot> slots() {
        return IntStream.range(0, slots.size())
                .mapToObj(i -> new Slot(i, slots.get(i)))
                .toList();
    }

    /** The slots overwritten since the last call, to be stored beside the state of the same moment. */
    public List<Slot> drainChanges() {
        List<Slot> drained =
                changed.stream().map(i -> new Slot(i, slots.get(i))).toList();
        changed.clear();
        return drained;
    }
}
