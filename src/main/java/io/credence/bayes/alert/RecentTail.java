package io.credence.bayes.alert;

import org.jspecify.annotations.Nullable;

/**
 * The upper tail of a stream of numbers of late: a quantile of the last 10,000 to 20,000, which a burst of large ones
 * hardly moves. Learns in place; one thread.
 */
public final class RecentTail {
    /*
     * A histogram of each half, in buckets of 2 %. The quantile is read every READ numbers. Halves are short at first, so that what was said of the
     * first events is soon forgotten. Numbers above the threshold are taken at no more than twice the rate at which they
     * are to occur, after a burst of BURST, so that a long stretch of them does not become usual at once.
     * Where the share of numbers above it is to be held while the tail itself changes, the quantile is multiplied by eᶿ,
     * θ ← θ + η(1{above} − share), with |θ| ≤ FARTHEST (Gibbs & Candès 2021).
     */
    private static final int READ = 32;
    private static final double HALF = 10_000;
    private static final double FIRST_HALF = 1000;
    private static final double FIRST = 100;
    private static final double BURST = 20;
    private static final double SURPLUS = 2;

    private static final double FARTHEST = 1;
    private static final int HEAD = 5;
    private static final double LARGEST = 1e30;

    /** How many numbers are stored. */
    public static final int LENGTH = HEAD + 2 * LogHistogram.LENGTH;

    private double share;
    private final double rate;
    private double quantile = Double.NaN;
    private double theta;
    private double credit = BURST;
    private double seen;
    private double newerCount;
    private final double[] counts = new double[2 * LogHistogram.LENGTH];
    private double[] blocks = LogHistogram.blocks(counts, 0, LogHistogram.LENGTH);

    /**
     * @param share of the numbers that are to lie above the threshold
     * @param rate η at which the share is held; 0 leaves the threshold at the quantile
     */
    public RecentTail(double share, double rate) {
        this.share = share;
        this.rate = rate;
    }

    /** The tail of a stored form. */
    public static RecentTail of(double share, double rate, double[] stored, int from) {
        RecentTail tail = new RecentTail(share, rate);
        tail.quantile = stored[from];
        tail.theta = stored[from + 1];
        tail.credit = stored[from + 2];
        tail.seen = stored[from + 3];
        tail.newerCount = stored[from + 4];
        System.arraycopy(stored, from + HEAD, tail.counts, 0, tail.counts.length);
        tail.blocks = LogHistogram.blocks(tail.counts, 0, LogHistogram.LENGTH);
        return tail;
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(String what, double[] stored, int from) {
        int newer = from + HEAD;
        return Sound.first(
                Sound.unknownOr(what + ": the quantile", stored[from], 0, LARGEST),
                Sound.within(what + ": its correction", stored[from + 1], -FARTHEST, FARTHEST),
                Sound.within(what + ": credit", stored[from + 2], 0, BURST),
                Sound.count(what + ": numbers", stored[from + 3]),
                Sound.within(what + ": numbers of the newer half", stored[from + 4], 0, stored[from + 3]),
                Sound.counts(what + ": newer counts", stored, newer, LogHistogram.LENGTH, stored[from + 4]),
                Sound.counts(
                        what + ": older counts", stored, newer + LogHistogram.LENGTH, LogHistogram.LENGTH, Double.NaN));
    }

    /**
     * Writes the stored form: the quantile, θ, how many large numbers may be taken at once, numbers taken in all and in the
     * newer half, and the counts of the newer and of the older half ({@link LogHistogram}).
     */
    public void store(double[] stored, int from) {
        stored[from] = quantile;
        stored[from + 1] = theta;
        stored[from + 2] = credit;
        stored[from + 3] = seen;
        stored[from + 4] = newerCount;
        System.arraycopy(counts, 0, stored, from + HEAD, counts.length);
    }

    /** Asks for another share of numbers above the threshold, from now on. */
    public void ask(double other) {
        share = other;
        if (!Double.isNaN(quantile)) {
            quantile = LogHistogram.above(counts, 0, LogHistogram.LENGTH, share);
        }
    }

    /** What the share of the numbers lies above; NaN before enough numbers. */
    public double threshold() {
        return quantile * Math.exp(theta);
    }

    /** The share of the numbers of late that are smaller, 0 to 1. */
    public double below(double value) {
        return LogHistogram.below(counts, 0, LogHistogram.LENGTH, blocks, value);
    }

    /** Takes a number; whether it lies above the threshold. */
    public boolean learn(double value) {
        boolean large = value > threshold();
        credit = Math.min(BURST, credit + SURPLUS * share);
        if (large) {
            if (credit < 1) {
                return true;
            }
            credit--;
        }
        if (!Double.isNaN(quantile)) {
            theta = Math.max(-FARTHEST, Math.min(FARTHEST, theta + rate * ((large ? 1 : 0) - share)));
        }
        LogHistogram.add(counts, 0, blocks, value);
        seen++;
        newerCount++;
        if (seen >= FIRST && seen % READ == 0) {
            quantile = LogHistogram.above(counts, 0, LogHistogram.LENGTH, share);
        }
        if (newerCount >= Math.max(FIRST_HALF, Math.min(HALF, seen / 2))) {
            LogHistogram.rotate(counts, 0, LogHistogram.LENGTH);
            blocks = LogHistogram.blocks(counts, 0, LogHistogram.LENGTH);
            newerCount = 0;
        }
        return large;
    }
}
