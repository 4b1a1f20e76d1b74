package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.RunningMoments;
import io.credence.bayes.linalg.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The past events that may be replayed: the last ones in full, and a uniform sample of those before them.
 *
 * <p>Slots change only when events are consumed by a step, so that a learner resumed from state and slots of one moment
 * draws the same events.
 */
public final class Reservoir {
    /*
     * Event number n (from 0) lies in slot n mod W of the recent part; what it displaces is offered to the older part.
     * There, Vitter (1985), algorithm R: event number t (from 1) fills slot t − 1 while t ≤ capacity, else replaces a
     * uniform slot with probability capacity / t. The uniform number is a hash of (seed, model, n): no generator state.
     * Nothing is ever deleted: the counts say which slots are held, and forgetting sets a count to zero.
     * Where the configuration gave the older part more slots than were stored, they fill up first: until they are
     * replaced the sample leans towards the events after the change.
     */

    /** The index of the first slot of the older part; those of the recent part are below. */
    public static final int OLDER = 1 << 24;

    /**
     * One stored event.
     *
     * @param index its place: from 0 in the recent part, from {@link #OLDER} in the older
     * @param event what it holds
     */
    public record Slot(int index, Observation event) {}

    /**
     * What says which slots are held.
     *
     * @param offered events ever offered, by whose number the next recent slot is chosen
     * @param older events that the older part is a sample of
     * @param recent slots of the recent part in use
     */
    record Counts(long offered, long older, int recent) {}

    private final int window;
    private final int capacity;
    private final List<Observation> ring = new ArrayList<>();
    private final List<Observation> slots = new ArrayList<>();
    private final TreeSet<Integer> changed = new TreeSet<>();
    private long offered;
    private long older;
    private int first;

    /**
     * @param window slots of the recent part, W
     * @param capacity slots of the older part
     */
    Reservoir(int window, int capacity) {
        this.window = window;
        this.capacity = capacity;
    }

    /**
     * The replay of stored slots.
     *
     * @throws IllegalArgumentException if a slot between others is missing
     */
    Reservoir(int window, int capacity, Counts counts, int storedWindow, Iterable<Slot> stored) {
        this(window, capacity);
        this.offered = counts.offered;
        this.older = counts.older;
        List<Observation> recent = new ArrayList<>();
        Observation[] ringSlots = new Observation[storedWindow];
        Observation[] found = new Observation[(int) Math.min(capacity, older)];
        for (Slot slot : stored) {
            int place = slot.index() - OLDER;
            if (place >= 0 && place < found.length) {
                found[place] = slot.event();
            } else if (place < 0 && slot.index() < storedWindow) {
                ringSlots[slot.index()] = slot.event();
            }
        }
        for (long n = offered - counts.recent; n < offered; n++) {
            recent.add(held(ringSlots[(int) (n % storedWindow)], (int) (n % storedWindow), storedWindow));
        }
        takeRecent(recent, storedWindow);
        int filled = found.length;
        while (filled > 0 && found[filled - 1] == null) {
            filled--;
        }
        for (int i = 0; i < filled; i++) {
            slots.add(held(found[i], i, filled));
        }
    }

    /**
     * A replay of events that stand for others.
     *
     * @param events at most {@code capacity}
     * @param claimed how many events they stand for; with fewer of them than there is room for they stand for themselves,
     *     since slots that were stored before would count as held
     */
    static Reservoir standingFor(int window, int capacity, List<Observation> events, long claimed) {
        Reservoir reservoir = new Reservoir(window, capacity);
        for (Observation event : events) {
            reservoir.slots.add(event);
            reservoir.changed.add(OLDER + reservoir.slots.size() - 1);
        }
        reservoir.older = events.size() < capacity ? events.size() : Math.max(claimed, capacity);
        return reservoir;
    }

    private static Observation held(@Nullable Observation event, int index, int count) {
        if (event == null) {
            throw new IllegalArgumentException("replay slot " + index + " of " + count + " is missing");
        }
        return event;
    }

    /** Lays the recent events out anew where the window is another than when they were stored. */
    private void takeRecent(List<Observation> oldestFirst, int storedWindow) {
        int held = Math.min(window, oldestFirst.size());
        for (Observation event : oldestFirst.subList(oldestFirst.size() - held, oldestFirst.size())) {
            ring.add(event);
        }
        for (int i = 0; window != storedWindow && i < held; i++) {
            changed.add(place(offered - held + i));
        }
    }

    /** What says which slots are held. */
    Counts counts() {
        return new Counts(offered, older, ring.size());
    }

    /** Slots of the recent part, W. */
    int window() {
        return window;
    }

    /**
     * All events of a stream while they are few and all of them are held, the oldest first; else none.
     *
     * @param seen events before the open minibatch
     * @param fresh of the open minibatch
     */
    List<Observation> first(long seen, List<Observation> fresh) {
        if (seen + fresh.size() > 2 * RunningMoments.SETTLED || seen != size()) {
            return List.of();
        }
        return Stream.concat(slots().stream().map(Slot::event), fresh.stream()).toList();
    }

    /** Events held. */
    public int size() {
        return ring.size() + slots.size();
    }

    /** The number of recent events held. */
    int recent() {
        return ring.size();
    }

    /** Whether the recent part holds all that a rival is to know; until then there is none, or it waits. */
    boolean full() {
        return window > 0 && ring.size() == window;
    }

    /** A uniform draw of the recent events, or of all that the recent and the older part stand for. */
    Observation draw(CounterRandom noise, boolean recentOnly) {
        if (recentOnly || slots.isEmpty()) {
            return recentAt((int) noise.below(ring.size()));
        }
        long place = noise.below(ring.size() + Math.max(older, slots.size()));
        return place < ring.size() ? recentAt((int) place) : slots.get((int) noise.below(slots.size()));
    }

    private Observation recentAt(int age) {
        return ring.get((first + age) % ring.size());
    }

    /** Takes the next event. */
    void offer(Observation event, CounterRandom noise) {
        if (window == 0) {
            offered++;
            keep(event, noise);
            return;
        }
        changed.add(place(offered));
        offered++;
        if (ring.size() < window) {
            ring.add(event);
            return;
        }
        Observation displaced = ring.set(first, event);
        first = (first + 1) % window;
        keep(displaced, noise);
    }

    private int place(long number) {
        return (int) (number % window);
    }

    private void keep(Observation event, CounterRandom noise) {
        older++;
        if (slots.size() < capacity) {
            slots.add(event);
            changed.add(OLDER + slots.size() - 1);
            return;
        }
        long place = noise.below(older);
        if (place < capacity) {
            slots.set((int) place, event);
            changed.add(OLDER + (int) place);
        }
    }

    /** Gives an event another label, if it is held. */
    void correct(Observation correction, Observation.Replaced before) {
        for (int i = 0; i < ring.size(); i++) {
            if (ring.get(i).isOf(correction)) {
                ring.set(i, Amendments.held(ring.get(i), correction, before));
                changed.add(place(offered - ring.size() + Math.floorMod(i - first, ring.size())));
                return;
            }
        }
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).isOf(correction)) {
                slots.set(i, Amendments.held(slots.get(i), correction, before));
                changed.add(OLDER + i);
                return;
            }
        }
    }

    /** Holds none but the recent events from now on. */
    void forgetOlder() {
        older = 0;
        slots.clear();
        changed.tailSet(OLDER).clear();
    }

    /** A copy that holds none but the recent events, with their changes that are not drained yet. */
    Reservoir recentPart() {
        Reservoir copy = new Reservoir(window, capacity);
        copy.ring.addAll(ring);
        copy.changed.addAll(changed.headSet(OLDER));
        copy.offered = offered;
        copy.first = first;
        return copy;
    }

    /** All slots in use: a copy. */
    public List<Slot> slots() {
        List<Slot> all = new ArrayList<>();
        for (int i = 0; i < ring.size(); i++) {
            int place = place(offered - ring.size() + i);
            all.add(new Slot(place, recentAt(i)));
        }
        for (int i = 0; i < slots.size(); i++) {
            all.add(new Slot(OLDER + i, slots.get(i)));
        }
        return all;
    }

    /** The slots overwritten since the last call, to be stored beside the state of the same moment. */
    public List<Slot> drainChanges() {
        List<Slot> drained = new ArrayList<>(changed.size());
        for (int index : changed) {
            Observation event = index >= OLDER
                    ? slots.get(index - OLDER)
                    : recentAt(Math.floorMod(index - (offered - ring.size()), window));
            drained.add(new Slot(index, event));
        }
        changed.clear();
        return drained;
    }
}
