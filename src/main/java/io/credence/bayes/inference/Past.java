package io.credence.bayes.inference;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * The members as they were when an event was asked about whose label comes only now: copies of their means from time to
 * time, the oldest first. Where labels are hardly late there are none.
 */
final class Past {
    /*
     * A model that has seen the labels since is better than what had answered. Its errors would promise too much, so
     * everything that corrects predictions learns from those of the newest copy that is at least the delay old. Copies
     * are taken every half delay; at most four are kept.
     */
    private static final int LEAST_DELAY = 8;
    private static final int MOST_COPIES = 4;
    private static final int WEIGHT = 1;

    private final Shape shape;
    private final int delay;
    private final int period;
    private final int size;
    private final ArrayDeque<float[]> copies = new ArrayDeque<>();
    private long newest;

    Past(Shape shape) {
        this.shape = shape;
        this.delay = delay(shape);
        this.period = (delay + 1) / 2;
        this.size = size(shape);
    }

    /** The past in a state; none if it is of another delay. */
    static Past of(Shape shape, LearnerState state) {
        Past past = new Past(shape);
        float[] stored = state.pastMu();
        boolean fits = stored.length % past.size == 0
                && past.delay > 0
                && shape.driftForm().storedAs(state.drift()).delay() == past.delay;
        for (int at = 0; fits && at < stored.length; at += past.size) {
            past.copies.addLast(Arrays.copyOfRange(stored, at, at + past.size));
        }
        past.newest = past.delay == 0 ? 0 : state.events() / past.period * past.period;
        return past;
    }

    private static int delay(Shape shape) {
        int delay = shape.drifts() ? shape.spec().learning().labelDelay() : 0;
        return delay < LEAST_DELAY ? 0 : delay;
    }

    private static int size(Shape shape) {
        return WEIGHT + (shape.rivalEvents() > 0 ? 2 : 1) * shape.layout().size();
    }

    /** The largest length of the stored form. */
    static int length(Shape shape) {
        return delay(shape) == 0 ? 0 : MOST_COPIES * size(shape);
    }

    /** The stored form: for each copy the weight of the rival, the means of the champion, and of the rival if there can be one. */
    float[] toArray() {
        float[] out = new float[copies.size() * size];
        int at = 0;
        for (float[] copy : copies) {
            System.arraycopy(copy, 0, out, at, size);
            at += size;
        }
        return out;
    }

    /** Takes copies of the members when so many labels have been learned as call for one. */
    void note(long before, Belief belief) {
        if (delay == 0) {
            return;
        }
        long after = belief.events();
        List<Member> members = belief.members();
        long last = after / period * period;
        long first = Math.max(before / period * period + period, last - (long) (MOST_COPIES - 1) * period);
        for (long at = first; at <= last; at += period) {
            float[] copy = new float[size];
            copy[0] = (float) belief.rivalry().weight();
            int p = shape.layout().size();
            for (int k = 0; WEIGHT + k * p < size; k++) {
                Member member = members.get(Math.min(k, members.size() - 1));
                System.arraycopy(member.posterior().mu(), 0, copy, WEIGHT + k * p, p);
            }
            copies.addLast(copy);
            newest = at;
        }
        while (copies.size() > 1 && newest - (copies.size() - 2L) * period <= after - delay) {
            copies.removeFirst();
        }
    }

    /** Whether the members are known as they were when the event of the next label was asked about. */
    boolean known(long events) {
        return !copies.isEmpty() && newest - (copies.size() - 1L) * period <= events - delay;
    }

    /** The means of a member then. */
    float[] means(int member) {
        int p = shape.layout().size();
        return Arrays.copyOfRange(copies.getFirst(), WEIGHT + member * p, WEIGHT + (member + 1) * p);
    }

    /** The weight of the rival then. */
    double weight() {
        return copies.getFirst()[0];
    }

    /** Follows a change of the target's unit. */
    void rescale(double factor, double shift) {
        int p = shape.layout().size();
        for (float[] copy : copies) {
            for (int from = WEIGHT; from < size; from += p) {
                float[] mu = Arrays.copyOfRange(copy, from, from + p);
                Member.rescale(shape, mu, factor, shift);
                System.arraycopy(mu, 0, copy, from, p);
            }
        }
    }
}
