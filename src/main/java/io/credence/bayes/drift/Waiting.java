package io.credence.bayes.drift;

import java.nio.DoubleBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The last events in the order of their labels, as they were when they were tested: what a bank that lags behind by the
 * delay of the labels has still to learn, and what was known when the next event was asked about.
 */
final class Waiting {
    private static final int TRUST = 2;

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
     * @param before what was known before its label came
     */
    record Entry(Regressors regressors, Said network, double y, Known before) {
        Entry rescaled(double factor, double shift) {
            Regressors moved = regressors.copy();
            moved.rescale(factor, shift);
            Known known =
                    new Known(before.last().rescaled(factor), before.calibration(), before.weights(), before.trust());
            return new Entry(moved, network.rescaled(factor, shift), factor * y + shift, known);
        }
    }

    /**
     * What a prediction takes from the labels of late, besides the models.
     *
     * @param last what the last labels were
     * @param calibration factor of the variances
     * @param weights of the models
     * @param trust coefficients of the {@link Recalibration} of a class
     */
    record Known(Recent.Last last, double calibration, double[] weights, double[] trust) {}

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
        return 1
                + Regressors.small(binary)
                + columns
                + Regressors.VARIANCE_TERMS
                + Said.SIZE
                + 1
                + 5
                + Bank.models(binary)
                + TRUST;
    }

    /**
     * What was known when the next event was asked about.
     *
     * @param now what is known by now
     * @param first what was known before any label
     */
    Known known(Known now, Known first) {
        if (delay == 0) {
            return now;
        }
        return entries.size() < delay ? first : entries.getFirst().before();
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
            out.put(e.regressors.base).put(e.regressors.mean).put(e.regressors.variance);
            out.put(e.network.output())
                    .put(e.network.variance())
                    .put(e.network.mean())
                    .put(e.network.aleatoric());
            Recent.Last last = e.before.last();
            out.put(e.y)
                    .put(last.residual())
                    .put(last.label())
                    .put(last.volatility())
                    .put(last.base());
            out.put(e.before.calibration()).put(e.before.weights()).put(e.before.trust());
        }
        out.position(end);
    }

    void load(DoubleBuffer in) {
        int end = in.position() + length(delay, columns, binary);
        for (int k = (int) in.get(); k > 0; k--) {
            Regressors regressors = new Regressors(columns, binary);
            regressors.base = in.get();
            in.get(regressors.mean).get(regressors.variance);
            Said network = new Said(in.get(), in.get(), in.get(), in.get());
            double y = in.get();
            Recent.Last last = new Recent.Last(in.get(), in.get(), in.get(), in.get());
            Known before = new Known(last, in.get(), new double[Bank.models(binary)], new double[TRUST]);
            in.get(before.weights()).get(before.trust());
            entries.addLast(new Entry(regressors, network, y, before));
        }
        in.position(end);
    }
}
