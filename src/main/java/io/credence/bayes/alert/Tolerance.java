package io.credence.bayes.alert;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much rarer or more frequent than was configured each kind of alarm is to be, by what people said of those that came.
 * Learns in place; one thread.
 */
public final class Tolerance {
    /*
     * Each false alarm of a kind divides the share of events that may be such alarms by the tenth root of two, each that was
     * missed multiplies it: ten false alarms halve the rate, and a miss takes a false alarm back. A kind moves alone, and the
     * factor is a function of the counts and no product, so that the order does not matter and nothing is rounded away.
     * No kind becomes rarer than a 32nd or more than four times as frequent: no one can switch a question off by clicking.
     */
    private static final List<Question> KINDS =
            List.of(Question.UNCERTAIN, Question.SURPRISING, Question.OUT_OF_RANGE, Question.SHIFTED, Question.STUCK);

    private static final double TO_HALVE = 10;
    private static final double LEAST = -50;
    private static final double MOST = 20;
    private static final double LARGEST_SHARE = 0.5;

    /** How many numbers are stored. */
    public static final int LENGTH = KINDS.size();

    /** Of each kind how many more were missed than were false alarms, within the bounds. */
    private final double[] balance = new double[LENGTH];

    /** As it was configured. */
    public Tolerance() {}

    /** The tolerance of a stored form. */
    public static Tolerance of(double[] stored, int from) {
        Tolerance tolerance = new Tolerance();
        System.arraycopy(stored, from, tolerance.balance, 0, LENGTH);
        return tolerance;
    }

    /** What cannot be in a stored form; null if it is sound. */
    public static @Nullable String fault(String what, double[] stored, int from) {
        for (int i = from; i < from + LENGTH; i++) {
            String name = what + "[" + (i - from) + "]";
            String wrong = Sound.first(
                    Sound.within(name, stored[i], LEAST, MOST),
                    stored[i] == Math.rint(stored[i]) ? null : Sound.wrong(name, stored[i], "a whole number"));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    /** Writes the stored form: of uncertain, surprising, out of range, shifted and stuck, how many more were missed than were false alarms. */
    public void store(double[] stored, int from) {
        System.arraycopy(balance, 0, stored, from, LENGTH);
    }

    /** Whether feedback moves alarms of a kind: silence is not learned. */
    public static boolean isMoved(Question kind) {
        return KINDS.contains(kind);
    }

    /**
     * Takes what somebody said of an alarm.
     *
     * @param kinds that it was of
     * @param missed whether there was none where there should have been; else there was one where there should not
     */
    public void learn(Set<Question> kinds, boolean missed) {
        for (int i = 0; i < LENGTH; i++) {
            if (kinds.contains(KINDS.get(i))) {
                balance[i] = Math.max(LEAST, Math.min(MOST, balance[i] + (missed ? 1 : -1)));
            }
        }
    }

    /** What the rate of a kind is to be multiplied by. */
    public double factor(Question kind) {
        return StrictMath.pow(2, balance[KINDS.indexOf(kind)] / TO_HALVE);
    }

    /** The share of events that may be alarms of a kind, where so many were configured. */
    public double share(Question kind, double configured) {
        double moved = configured * factor(kind);
        return moved <= configured ? moved : Math.max(configured, Math.min(LARGEST_SHARE, moved));
    }
}
