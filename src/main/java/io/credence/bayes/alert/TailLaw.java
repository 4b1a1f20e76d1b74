package io.credence.bayes.alert;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The upper tail of a stream of scores, as it has been of late and beyond: which score only a very small share lies above,
 * and how rare any score is. Learns in place; one thread.
 */
public final class TailLaw {
    /*
     * A share so small has had hardly any scores above it. Its quantile is first read off a line: with tails of the form
     * P(s) = exp(−(s/c)^(1/θ)) the logarithm of s is linear in ln ln(1/P) (Weibull tails, Gardes & Girard 2016; normal,
     * exponential and stretched ones exactly so), through two quantiles that anomalies of one in a hundred hardly move. Once
     * there are SOME scores above it the quantile itself is taken, between LEAST and MOST times that line: what is rarer
     * than the line by far is not what scores are like, but what they are to be told from.
     * Scores above the threshold are taken at no more than SURPLUS times the rate at which they are to occur, after BURST.
     * Buckets of 4 % from e⁻⁴ to e⁸ for a newer half and an older one, which grow with the stream up to HALF.
     */
    private static final double WIDTH = 0.04;
    private static final double FROM = -4;
    private static final int BUCKETS = 300;
    private static final int READ = 32;
    private static final double HALF = 10_000;
    private static final double FIRST_HALF = 1000;
    private static final double SOME = 3;
    private static final double LEAST = 0.7;
    private static final double MOST = 1.25;
    private static final double BURST = 3;
    private static final double SURPLUS = 2;
    private static final double FLATTEST = 0.25;
    private static final int HEAD = 8;
    private static final double LARGEST = 1e30;

    /** How many numbers are stored. */
    public static final int LENGTH = HEAD + 2 * BUCKETS;

    /**
     * What is asked of the tail.
     *
     * @param share of the scores that are to lie above the threshold
     * @param flagged a larger share, of which a threshold is told too
     * @param bulk share above the nearer quantile of the line
     * @param tail share above the farther one, smaller; as many scores in inverse are needed before anything is known
     */
    public record Asked(double share, double flagged, double bulk, double tail) {}

    private Asked asked;
    private double seen;
    private double newer;
    private double credit = BURST;
    private double flagged = Double.NaN;
    private double threshold = Double.NaN;
    private double logTail;
    private double theta = 1;
    private double usual;
    private final double[] counts = new double[2 * BUCKETS];
    /** The sum of the counts, which are whole: not stored. */
    private double total;

    /** A tail of which nothing is known. */
    public TailLaw(Asked asked) {
        this.asked = asked;
    }

    /** The tail of a stored form. */
    public static TailLaw of(Asked asked, double[] stored, int from) {
        TailLaw law = new TailLaw(asked);
        law.seen = stored[from];
        law.newer = stored[from + 1];
        law.credit = stored[from + 2];
        law.flagged = stored[from + 3];
        law.threshold = stored[from + 4];
        law.logTail = stored[from + 5];
        law.theta = stored[from + 6];
        law.usual = stored[from + 7];
        System.arraycopy(stored, from + HEAD, law.counts, 0, law.counts.length);
        law.total = Arrays.stream(law.counts).sum();
        return law;
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(String what, double[] stored, int from) {
        double newer = stored[from + 1];
        return Sound.first(
                Sound.count(what + ": scores", stored[from]),
                Sound.within(what + ": scores of the newer half", newer, 0, stored[from]),
                Sound.within(what + ": credit", stored[from + 2], 0, BURST),
                Sound.unknownOr(what + ": the nearer threshold", stored[from + 3], 0, LARGEST),
                Sound.unknownOr(what + ": the threshold", stored[from + 4], 0, LARGEST),
                Sound.within(what + ": the quantile's logarithm", stored[from + 5], FROM, FROM + WIDTH * BUCKETS),
                Sound.within(what + ": the slope", stored[from + 6], FLATTEST, LARGEST),
                Sound.within(what + ": the median", stored[from + 7], 0, LARGEST),
                Sound.counts(what + ": newer counts", stored, from + HEAD, BUCKETS, newer),
                Sound.counts(what + ": older counts", stored, from + HEAD + BUCKETS, BUCKETS, Double.NaN));
    }

    /**
     * Writes the stored form: scores taken in all and in the newer half, how many large ones may be taken at once, both
     * thresholds, logarithm of the farther quantile and slope of the line, the median, and the counts of the newer and of the
     * older half.
     */
    public void store(double[] stored, int from) {
        double[] head = {seen, newer, credit, flagged, threshold, logTail, theta, usual};
        System.arraycopy(head, 0, stored, from, HEAD);
        System.arraycopy(counts, 0, stored, from + HEAD, counts.length);
    }

    /** Asks for another share of scores above the threshold, from now on. */
    public void ask(double share) {
        asked = new Asked(share, asked.flagged, asked.bulk, asked.tail);
        if (!Double.isNaN(threshold)) {
            read();
        }
    }

    /** What the share of the scores lies above; NaN before enough scores. */
    public double threshold() {
        return threshold;
    }

    /** What the larger share lies above; NaN before enough scores. */
    public double flagged() {
        return flagged;
    }

    /** What half of the scores lie above; 0 before enough scores. */
    public double usual() {
        return usual;
    }

    /** −log₁₀ of the share of scores that lie above this one, also where none has yet; 0 before enough scores. */
    public double rarity(double score) {
        if (Double.isNaN(threshold) || !(score > 0)) {
            return 0;
        }
        double beyond = Math.log(score) - logTail;
        double surprisal = beyond > 0
                ? -Math.log(asked.tail) * Math.exp(beyond / theta)
                : -Math.log(Math.max(asked.tail, above(score)));
        return Math.min(surprisal, Double.MAX_EXPONENT) / Math.log(10);
    }

    /** The share of the scores of late that are smaller, 0 to 1; 0 before enough scores. */
    public double below(double score) {
        return Double.isNaN(threshold) ? 0 : 1 - above(score);
    }

    private double above(double score) {
        double place = place(score);
        int bucket = (int) place;
        double sum = (bucket + 1 - place) * (counts[bucket] + counts[BUCKETS + bucket]);
        for (int i = bucket + 1; i < BUCKETS; i++) {
            sum += counts[i] + counts[BUCKETS + i];
        }
        return Math.min(1, sum / Math.max(1, total));
    }

    private static double place(double score) {
        double place = score > 0 ? (Math.log(score) - FROM) / WIDTH : 0;
        return Math.max(0, Math.min(BUCKETS - 1e-9, place));
    }

    /** Takes a score; whether it lies above the threshold. */
    public boolean learn(double score) {
        boolean large = score > threshold;
        credit = Math.min(BURST, credit + SURPLUS * asked.share);
        if (large && credit < 1) {
            return true;
        }
        credit -= large ? 1 : 0;
        counts[(int) place(score)]++;
        seen++;
        newer++;
        total++;
        if (seen * asked.tail >= 1 && seen % READ == 0) {
            read();
        }
        if (newer >= Math.max(FIRST_HALF, Math.min(HALF, seen / 2))) {
            System.arraycopy(counts, 0, counts, BUCKETS, BUCKETS);
            Arrays.fill(counts, 0, BUCKETS, 0);
            total = newer;
            newer = 0;
        }
        return large;
    }

    private void read() {
        logTail = logQuantile(asked.tail);
        double steps = surprisal(asked.tail) - surprisal(asked.bulk);
        theta = Math.max(FLATTEST, (logTail - logQuantile(asked.bulk)) / steps);
        double line = Math.exp(logTail + theta * (surprisal(asked.share) - surprisal(asked.tail)));
        flagged = Math.exp(logQuantile(asked.flagged));
        usual = Math.exp(logQuantile(0.5));
        threshold = seen * asked.share < SOME
                ? line * (1 + 1 / Math.sqrt(seen * asked.tail))
                : Math.max(LEAST * line, Math.min(MOST * line, Math.exp(logQuantile(asked.share))));
    }

    private static double surprisal(double share) {
        return Math.log(-Math.log(share));
    }

    /** The logarithm of the score that a share lies above; within a bucket they lie evenly. */
    private double logQuantile(double share) {
        double wanted = share * total;
        double passed = 0;
        int i = BUCKETS;
        double here = 0;
        while (i > 0 && passed + here <= wanted) {
            passed += here;
            i--;
            here = counts[i] + counts[BUCKETS + i];
        }
        double within = here > 0 ? Math.max(0, Math.min(1, (wanted - passed) / here)) : 1;
        return FROM + WIDTH * (i + 1 - within);
    }
}
