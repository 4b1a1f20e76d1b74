package io.credence.bayes.alert;

import org.jspecify.annotations.Nullable;

/**
 * The largest numbers of a stream that has two halves, a newer one and an older one, within a longer array: three of
 * each half, NaN where there are fewer.
 */
final class Largest {
    static final int KEPT = 3;
    static final int LENGTH = 2 * KEPT;

    private static final long SOME = 1000;
    private static final long MANY = 10_000;

    private Largest() {}

    /** Takes a number into the newer half; whether it is one of its largest. */
    static boolean add(double[] stored, int at, double value) {
        if (value <= stored[at + KEPT - 1]) {
            return false;
        }
        int i = KEPT - 1;
        while (i > 0 && !(value <= stored[at + i - 1])) {
            stored[at + i] = stored[at + i - 1];
            i--;
        }
        stored[at + i] = value;
        return true;
    }

    /** The newer half becomes the older one. */
    static void rotate(double[] stored, int at) {
        for (int i = 0; i < KEPT; i++) {
            stored[at + KEPT + i] = stored[at + i];
            stored[at + i] = Double.NaN;
        }
    }

    /** Whether it is at this count that more of the largest count as outliers. */
    static boolean changes(double count) {
        return count == SOME || count == MANY;
    }

    /**
     * The largest number of both halves that is not one of a few outliers: of many the third largest, of fewer the second
     * or the first. NaN if there is none.
     *
     * @param count of the numbers in both halves
     */
    static double end(double[] stored, int at, double count) {
        int wanted = count < SOME ? 1 : count < MANY ? 2 : KEPT;
        int newer = at;
        int older = at + KEPT;
        double end = Double.NaN;
        for (int k = 0; k < wanted; k++) {
            boolean fromNewer = newer < at + KEPT
                    && !Double.isNaN(stored[newer])
                    && !(older < at + LENGTH && stored[older] > stored[newer]);
            double next = fromNewer ? stored[newer++] : older < at + LENGTH ? stored[older++] : Double.NaN;
            end = Double.isNaN(next) ? end : next;
        }
        return end;
    }

    /** The third largest number of both halves; NaN if there are not three. */
    static double third(double[] stored, int at) {
        int known = 0;
        for (int i = at; i < at + LENGTH; i++) {
            known += Double.isNaN(stored[i]) ? 0 : 1;
        }
        return known < KEPT ? Double.NaN : end(stored, at, MANY);
    }

    /** What cannot be in the numbers of a half, which are counts, the largest first; null if they are sound. */
    static @Nullable String fault(String what, double[] stored, int at) {
        for (int i = at; i < at + LENGTH; i++) {
            boolean first = (i - at) % KEPT == 0;
            double most = first ? Double.MAX_VALUE : stored[i - 1];
            if (!Double.isNaN(stored[i]) && !(stored[i] >= 1 && stored[i] <= most)) {
                return Sound.wrong(what, stored[i], "from 1 to " + most);
            }
        }
        return null;
    }
}
