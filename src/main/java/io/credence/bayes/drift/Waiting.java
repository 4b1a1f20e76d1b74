package io.credence.bayes.drift;

import java.nio.DoubleBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The last events in the order of their labels, as they were when they were tested: what a bank that lags behind by the
 * delay of the labels has still to learn, and what was known when the next event was asked about.
 */
final class Waiting {
    private final int delay;
    private final int columns;
    private final boolean binary;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /**
     * One event.
     *
     * @param regressors as they were filled for it
     * @param network what it said
     * @param y the label, standardised or 0/1
     * @param before what the last labels were before its own
     */
    record Entry(Regressors regressors, Said network, double y, Recent.Last before) {
        Entry rescaled(double factor, double shift) {
            Regressors moved = regressors.copy();
            moved.rescale(factor, shift);
            return new Entry(moved, network.rescaled(factor, shift), factor * y + shift, before.rescaled(factor));
        }
    }

    /** @param delay events between the question and its label */
    Waiting(int delay, int columns, boolean binary) {
        this.delay = delay;
        this.columns = columns;
        this.binary = binary;
    }

    /** Numbers that are stored: how many wait, then the slots, the oldest first. */
    static int length(int delay, int columns, boolean binary) {
        return 1 + delay * slot(columns, binary);
    }

    private static int slot(int columns, boolean binary) {
        return Regressors.small(binary) + columns + Regressors.VARIANCE_TERMS + Said.SIZE + 1 + 3;
    }

    /** What the last labels were when the next event was asked about. */
    Recent.Last known(Recent.Last now) {
        if (delay == 0) {
            return now;
        }
        return entries.size() < delay ? Recent.Last.NOTHING : entries.getFirst().before();
    }

    /** Takes an event; returns the one whose label has just come for the bank that lags behind, or null. */
    @Nullable
    Entry next(Entry event) {
        entries.addLast(event);
        return entries.size() > delay ? entries.removeFirst() : null;
    }

    void rescale(double factor, double shift) {
        for (int k = entries.size(); k > 0; k--) {
            entries.addLast(entries.removeFirst().rescaled(factor, shift));
        }
    }

    void store(DoubleBuffer out) {
        int end = out.position() + length(delay, columns, binary);
        out.put(entries.size());
        for (Entry e : entries) {
            out.put(e.regressors.mean).put(e.regressors.variance);
            out.put(e.network.output()).put(e.network.variance()).put(e.network.mean()).put(e.network.aleatoric());
            out.put(e.y).put(e.before.residual()).put(e.before.label()).put(e.before.volatility());
        }
        out.position(end);
    }

    void load(DoubleBuffer in) {
        int end = in.position() + length(delay, columns, binary);
        for (int k = (int) in.get(); k > 0; k--) {
            Regressors regressors = new Regressors(columns, binary);
            in.get(regressors.mean).get(regressors.variance);
            entries.addLast(new Entry(
                    regressors,
                    new Said(in.get(), in.get(), in.get(), in.get()),
                    in.get(),
                    new Recent.Last(in.get(), in.get(), in.get())));
        }
        in.position(end);
    }
}
