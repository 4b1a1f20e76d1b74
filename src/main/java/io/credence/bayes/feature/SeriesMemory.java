package io.credence.bayes.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of one series, and what the functions of a feature list tell of them. One thread.
 *
 * <p>What an event is told depends on nothing but the events and labels that had arrived before it, those of its own time
 * and earlier: it stays the same when it is asked again after its label, as long as the memory reaches.
 */
public final class SeriesMemory {
    /*
     * A ring in the order of arrival, the oldest arrival overwritten in place, and its slots sorted by event time, ties by
     * arrival. Nothing is summed up over time: each answer is computed from the events in its window, in O(window), so that
     * late events need no repair and the same events give the same bits.
     */

    private static final Comparator<Remembered> ORDER =
            Comparator.comparingLong(Remembered::time).thenComparingLong(Remembered::number);

    private final PastPlan plan;
    private final @Nullable Remembered[] ring;
    private final List<Remembered> sorted = new ArrayList<>();
    private long arrived;

    /** The memory of a series without events. */
    public SeriesMemory(PastPlan plan) {
        this(plan, List.of());
    }

    /**
     * A memory that holds what another one held.
     *
     * @param events as {@link #events} returned them; those beyond the capacity are forgotten, the oldest arrivals first
     */
    public SeriesMemory(PastPlan plan, List<Remembered> events) {
        this.plan = plan;
        this.ring = new Remembered[Math.max(1, plan.capacity())];
        events.stream().sorted(Comparator.comparingLong(Remembered::number)).forEach(this::put);
    }

    /** The events that are remembered, in the order of their arrival. */
    public List<Remembered> events() {
        return sorted.stream()
                .sorted(Comparator.comparingLong(Remembered::number))
                .toList();
    }

    /** The time of the latest event; 0 where there is none. */
    public long latest() {
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1).time();
    }

    /**
     * Takes an event in, before its label is known. Where its slot is full, the event that arrived first is forgotten.
     *
     * @param id a number that stands for its identity, 0 if it has none
     * @param values as {@link PastPlan#read} returned them
     */
    public Remembered remember(long id, long time, double[] values) {
        Remembered event = new Remembered(arrived, id, time, values, Double.NaN, -1);
        put(event);
        return event;
    }

    /**
     * Takes an event in whose label has come before it, if it comes at all: its question may follow, and is told what was
     * known before the label.
     */
    public Remembered rememberAnswered(long id, long time, double[] values, double label) {
        Remembered event = new Remembered(arrived, id, time, values, label, arrived);
        put(event);
        return event;
    }

    /**
     * The event without identity of that time whose label came before it and whose question is this: from now on it has come.
     * Null if there is none.
     */
    public @Nullable Remembered ask(long time) {
        for (int i = after(time - 1, Long.MAX_VALUE);
                i < sorted.size() && sorted.get(i).time() == time;
                i++) {
            Remembered event = sorted.get(i);
            if (event.id() == 0 && event.answered() == event.number()) {
                Remembered asked =
                        new Remembered(event.number(), 0, time, event.values(), event.label(), event.number() + 1);
                sorted.set(i, asked);
                ring[slot(event.number())] = asked;
                return asked;
            }
        }
        return null;
    }

    /**
     * Takes a label in.
     *
     * @param label encoded
     * @return the event with its label. An event that has a label keeps it
     */
    public Remembered answer(Remembered event, double label) {
        return event.waiting() ? correct(event, label) : event;
    }

    /**
     * Takes a label in that counts from now on. An event that has one keeps the place of that in the order of arrival: what
     * later ones had been told of it is not what they are told when they are asked again.
     *
     * @param label encoded
     * @return the event with its label
     */
    public Remembered correct(Remembered event, double label) {
        Remembered answered = new Remembered(
                event.number(),
                event.id(),
                event.time(),
                event.values(),
                label,
                event.waiting() ? arrived : event.answered());
        int at = Collections.binarySearch(sorted, event, ORDER);
        if (at >= 0) {
            sorted.set(at, answered);
            ring[slot(event.number())] = answered;
        }
        return answered;
    }

    /**
     * The event that a label belongs to: the one of that identity; or where identities are 0, of those of that time which
     * wait for a label the first to arrive. Null if none is remembered.
     */
    public @Nullable Remembered find(long id, long time) {
        if (id != 0) {
            return sorted.stream().filter(event -> event.id() == id).findFirst().orElse(null);
        }
        for (int i = after(time - 1, Long.MAX_VALUE);
                i < sorted.size() && sorted.get(i).time() == time;
                i++) {
            if (sorted.get(i).id() == 0 && sorted.get(i).waiting()) {
                return sorted.get(i);
            }
        }
        return null;
    }

    /** Whether an event of that time may have been remembered once: it is older than all that are, and there is no room left. */
    public boolean hasForgotten(long time) {
        return sorted.size() == ring.length && time < sorted.get(0).time();
    }

    /** What was told of the past when a remembered event arrived: a number for each function, NaN where there is none. */
    public double[] recall(Remembered event) {
        return recall(event.number(), event.time(), event.values());
    }

    /** What an event would be told that arrived now. */
    public double[] recall(long time, double[] values) {
        return recall(arrived, time, values);
    }

    private double[] recall(long number, long time, double[] values) {
        List<Remembered> before = sorted.subList(0, after(time, number - 1));
        Recall recall =
                new Recall(before, plan.horizon().reach(before, number, time), number, time, values, plan.fields());
        return plan.functions().stream().mapToDouble(recall::tell).toArray();
    }

    private void put(Remembered event) {
        int slot = slot(event.number());
        Remembered old = ring[slot];
        if (old != null) {
            sorted.remove(Collections.binarySearch(sorted, old, ORDER));
        }
        ring[slot] = event;
        sorted.add(after(event.time(), event.number()), event);
        arrived = Math.max(arrived, event.number() + 1);
        arrived = Math.max(arrived, event.answered());
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    /** How many events are sorted at or before a time and number. */
    private int after(long time, long number) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Remembered event = sorted.get(middle);
            if (event.time() < time || event.time() == time && event.number() <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
