package io.credence.bayes.alert;

import org.jspecify.annotations.Nullable;

/**
 * Evidence that labels have shifted away from what is predicted, gathered over many events none of which need be unusual.
 * Learns in place; one thread.
 */
public final class Shift {
    /*
     * With x an error over its deviation, held to ±1, the null hypothesis is that E[x] given the past is at most A half: models
     * are off by so much for a while without anything having happened. Under it each 1 + λ(x − ½) has expectation at most 1, so
     * their product is an e-process: by Ville's inequality it ever exceeds 1/α with probability α at most (Waudby-Smith &
     * Ramdas 2024, betting on bounded means). Begun anew whenever it falls below 1, and on either side, it is an e-detector: one
     * false alarm in 1/α events at most (Shin, Ramdas & Rinaldo 2024). As x is bounded, a few gross errors are no evidence: a
     * shift is what moves all.
     * Real streams break even that null, so the threshold is learned: from the largest evidence in each BLOCK of events.
     */
    private static final double ALLOWED = 0.5;
    private static final double BET = 0.5;
    private static final double MOST = 50;
    /** A threshold is no larger than that part of the most evidence there can be. */
    private static final double REACHED = 0.9;

    private static final int BLOCK = 32;
    private static final int LASTING = 96;
    private static final int HEAD = 5;

    /** Evidence is none below that of one false alarm in a hundred events. */
    private static final double LEAST = Math.log(10);

    /** How many numbers are stored. */
    public static final int LENGTH = HEAD + TailLaw.LENGTH;

    private double above;
    private double below;
    private double largest;
    private double inBlock;
    private double lasted;
    private final TailLaw blocks;

    private Shift(TailLaw blocks) {
        this.blocks = blocks;
    }

    private static TailLaw.Asked asked(double share) {
        return new TailLaw.Asked(BLOCK * share, 0.05, 0.3, 0.1);
    }

    /** @param share of the events at which alarms are to begin */
    public static Shift create(double share) {
        return new Shift(new TailLaw(asked(share)));
    }

    /** The evidence of a stored form. */
    public static Shift of(double share, double[] stored, int from) {
        Shift shift = new Shift(TailLaw.of(asked(share), stored, from + HEAD));
        shift.above = stored[from];
        shift.below = stored[from + 1];
        shift.largest = stored[from + 2];
        shift.inBlock = stored[from + 3];
        shift.lasted = stored[from + 4];
        return shift;
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(String what, double[] stored, int from) {
        double least = increment(-1);
        return Sound.first(
                Sound.within(what + ": evidence above", stored[from], least, MOST),
                Sound.within(what + ": evidence below", stored[from + 1], least, MOST),
                Sound.within(what + ": the largest of the block", stored[from + 2], 0, MOST),
                Sound.within(what + ": events of the block", stored[from + 3], 0, BLOCK - 1),
                Sound.count(what + ": events of the block", stored[from + 3]),
                Sound.count(what + ": events of the alarm", stored[from + 4]),
                TailLaw.fault(what, stored, from + HEAD));
    }

    /**
     * Writes the stored form: evidence above and below, the largest and the events of the block, for how
     * many events it has been an alarm, and the law of the largest.
     */
    public void store(double[] stored, int from) {
        stored[from] = above;
        stored[from + 1] = below;
        stored[from + 2] = largest;
        stored[from + 3] = inBlock;
        stored[from + 4] = lasted;
        blocks.store(stored, from + HEAD);
    }

    /** Asks for alarms that begin at another share of the events, from now on. */
    public void ask(double share) {
        blocks.ask(BLOCK * share);
    }

    /** The logarithm of what one event multiplies the evidence by. */
    static double increment(double x) {
        return Math.log1p(BET * (Math.max(-1, Math.min(1, x)) - ALLOWED));
    }

    /** Takes an error over its deviation; one that is no number is ignored. */
    public void learn(double error) {
        if (Double.isNaN(error)) {
            return;
        }
        above = Math.min(MOST, Math.max(0, above) + increment(error));
        below = Math.min(MOST, Math.max(0, below) + increment(-error));
        double threshold = threshold();
        lasted = evidence() > threshold ? lasted + 1 : evidence() > threshold / 2 && lasted > 0 ? lasted + 1 : 0;
        largest = Math.max(largest, evidence());
        inBlock++;
        if (inBlock >= BLOCK) {
            blocks.learn(largest);
            largest = 0;
            inBlock = 0;
        }
    }

    /** The evidence of a shift, the logarithm of an e-value, at least 0. */
    public double evidence() {
        return Math.max(0, Math.max(above, below));
    }

    /** The evidence above which it is an alarm; NaN before enough events. */
    public double threshold() {
        double learned = Math.max(LEAST, blocks.threshold());
        return Math.min(learned, REACHED * MOST);
    }

    /** Whether there is an alarm: what lasts is none any more, until the evidence is gone. */
    public boolean raises() {
        return evidence() > threshold() && lasted <= LASTING;
    }

    /** Whether there has been none since the evidence was small. */
    public boolean clears() {
        return lasted == 0 || lasted > LASTING;
    }

    /** −log₁₀ of the share of blocks of events that have as much evidence. */
    public double rarity() {
        return blocks.rarity(evidence());
    }
}
