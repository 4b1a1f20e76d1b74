package io.credence.bayes.inference;

import io.credence.bayes.predict.Calibration;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * How errors have been, as it is known by now and as it was known when an event was asked about whose label comes only
 * now: then is what that answer took its interval from, and whether the label lies inside says how good that was.
 */
final class Calibrations {
    /* Copies are taken every eighth of the delay, and kept until a later one is at least the delay old. */
    private static final int SHARES = 8;

    private final int delay;
    private final int period;
    private final ArrayDeque<Calibration> copies = new ArrayDeque<>();
    private Calibration now = Calibration.NONE;

    /** @param delay of the labels, in events */
    Calibrations(int delay) {
        this.delay = delay;
        this.period = (delay + SHARES - 1) / SHARES;
        if (delay > 0) {
            copies.addLast(now);
        }
    }

    /** The calibrations of a stored form, which may be of another delay. */
    static Calibrations of(int delay, double[] stored) {
        Calibrations calibrations = new Calibrations(delay);
        calibrations.now = at(stored, 0);
        if (stored.length > Calibration.LENGTH && delay > 0) {
            calibrations.copies.clear();
        }
        for (int from = Calibration.LENGTH; from < stored.length && delay > 0; from += Calibration.LENGTH) {
            calibrations.copies.addLast(at(stored, from));
        }
        return calibrations;
    }

    private static Calibration at(double[] stored, int from) {
        return Calibration.of(Arrays.copyOfRange(stored, from, from + Calibration.LENGTH));
    }

    /** The largest length of the stored form. */
    static int length(int delay) {
        return Calibration.LENGTH * (1 + (delay == 0 ? 0 : Math.min(delay, SHARES) + 2));
    }

    /** Whether a stored form can be of that length. */
    static boolean fits(int length) {
        return length > 0 && length % Calibration.LENGTH == 0;
    }

    /** The stored form: what is known now, then the copies, the oldest first. */
    double[] toArray() {
        double[] out = Arrays.copyOf(now.toArray(), Calibration.LENGTH * (1 + copies.size()));
        int at = Calibration.LENGTH;
        for (Calibration copy : copies) {
            System.arraycopy(copy.toArray(), 0, out, at, Calibration.LENGTH);
            at += Calibration.LENGTH;
        }
        return out;
    }

    /** As it is known by now: what answers take. */
    Calibration now() {
        return now;
    }

    /** As it was known when the event of the next label was asked about. */
    Calibration then() {
        return delay == 0 ? now : copies.getFirst();
    }

    /** Takes the next label's standardised error. */
    void learn(double z) {
        now = now.next(z, then());
        if (delay > 0 && (long) now.count() % period == 0) {
            copies.addLast(now);
        }
        while (copies.size() > 1 && second().count() <= now.count() - delay) {
            copies.removeFirst();
        }
    }

    private Calibration second() {
        var all = copies.iterator();
        all.next();
        return all.next();
    }
}
