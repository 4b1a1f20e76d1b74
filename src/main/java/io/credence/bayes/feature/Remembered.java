package io.credence.bayes.feature;

import java.util.Arrays;

/**
 * One event in the memory of a series.
 *
 * @param number how many events of the series had arrived before it
 * @param id a number that stands for its identity; 0 where events have none
 * @param time event time, milliseconds since the epoch
 * @param values the fields whose past is asked for, NaN where one is missing. The array is owned by this value
 * @param label the encoded label; NaN until it arrives
 * @param answered how many events of the series had arrived before the label did, itself not among them while its label alone
 *     has come; −1 until then
 */
public record Remembered(long number, long id, long time, double[] values, double label, long answered) {
    /** Whether the label had arrived before the event of that number did. */
    boolean knownTo(long other) {
        return answered >= 0 && answered <= other;
    }

    /** Whether the label is still to come. */
    public boolean waiting() {
        return answered < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Remembered that
                && number == that.number
                && id == that.id
                && time == that.time
                && Arrays.equals(values, that.values)
                && Double.compare(label, that.label) == 0
                && answered == that.answered;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * number + time) + Arrays.hashCode(values);
    }
}
