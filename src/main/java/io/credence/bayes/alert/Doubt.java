package io.credence.bayes.alert;

import org.jspecify.annotations.Nullable;

/**
 * How much was not known of the events of late, by any measure of it: above what threshold a stated share of them lies.
 * Learns in place; one thread.
 */
public final class Doubt {
    /*
     * A model that learns grows surer, so a measure is first divided by its running median, which follows within some
     * hundred events; the quantile of these ratios is that of the last 10,000 to 20,000. Flagged events move the median
     * a tenth as far.
     */
    private static final double FLAGGED_WEIGHT = 0.1;
    private static final long FIRST_VALUES = 20;
    private static final double RATE = 0.02;
    private static final int HEAD = 2;
    private static final double FARTHEST = 1000;

    /** How many numbers are stored. */
    public static final int LENGTH = HEAD + RecentTail.LENGTH;

    private final RecentTail tail;
    private RunningMedian median;

    private Doubt(RunningMedian median, RecentTail tail) {
        this.median = median;
        this.tail = tail;
    }

    /** @param share of the events that are to lie above the threshold */
    public static Doubt create(double share) {
        return new Doubt(RunningMedian.empty(), new RecentTail(share, RATE));
    }

    /** The doubt of a stored form. */
    public static Doubt of(double share, double[] stored, int from) {
        return new Doubt(
                new RunningMedian(stored[from], (long) stored[from + 1]),
                RecentTail.of(share, RATE, stored, from + HEAD));
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(String what, double[] stored, int from) {
        return Sound.first(
                Sound.within(what + ": the median's logarithm", stored[from], -FARTHEST, FARTHEST),
                Sound.count(what + ": its count", stored[from + 1]),
                RecentTail.fault(what, stored, from + HEAD));
    }

    /** Writes the stored form: the logarithm of the running median, its count, and the tail of the ratios to it. */
    public void store(double[] stored, int from) {
        stored[from] = median.logMedian();
        stored[from + 1] = median.count();
        tail.store(stored, from + HEAD);
    }

    /** Asks for another share of events above the threshold, from now on. */
    public void ask(double share) {
        tail.ask(share);
    }

    /** The measure above which an event is among the share; NaN while too few are known. */
    public double threshold() {
        return tail.threshold() * median.value();
    }

    /** The share of the events of late whose measure was smaller, each beside what was usual then; 0 to 1. */
    public double below(double measure) {
        return median.isEmpty() ? 0 : tail.below(measure / median.value());
    }

    /** Takes the measure of an event; one that is no number, negative or infinite is ignored. */
    public void learn(double measure) {
        if (!(measure >= 0) || Double.isInfinite(measure)) {
            return;
        }
        boolean large = !median.isEmpty() && tail.learn(measure / median.value());
        double weight = large && median.count() >= FIRST_VALUES ? FLAGGED_WEIGHT : 1;
        median = median.observe(measure, weight);
    }
}
