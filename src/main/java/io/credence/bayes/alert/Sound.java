package io.credence.bayes.alert;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stored numbers can be: each question gives what is wrong, or null. */
final class Sound {
    private static final double MOST = 1L << 53;

    private Sound() {}

    /** The first of some faults; null if there is none. */
    static @Nullable String first(@Nullable String... faults) {
        return Stream.of(faults).flatMap(Stream::ofNullable).findFirst().orElse(null);
    }

    /** A number from one end to the other, both included. */
    static @Nullable String within(String what, double value, double least, double most) {
        return value >= least && value <= most ? null : wrong(what, value, "from " + least + " to " + most);
    }

    /** The same, or no number while nothing is known. */
    static @Nullable String unknownOr(String what, double value, double least, double most) {
        return Double.isNaN(value) ? null : within(what, value, least, most);
    }

    /** A whole number from 0 on. */
    static @Nullable String count(String what, double value) {
        return value >= 0 && value <= MOST && value == Math.rint(value)
                ? null
                : wrong(what, value, "a whole number from 0 to 2^53");
    }

    /** Whole numbers of a known sum. */
    static @Nullable String counts(String what, double[] stored, int from, int length, double sum) {
        double counted = 0;
        for (int i = from; i < from + length; i++) {
            String wrong = count(what + "[" + (i - from) + "]", stored[i]);
            if (wrong != null) {
                return wrong;
            }
            counted += stored[i];
        }
        return counted == sum || Double.isNaN(sum) ? null : wrong("the sum of " + what, counted, Double.toString(sum));
    }

    static String wrong(String what, double value, String must) {
        return what + " is " + value + " and must be " + must;
    }
}
