package io.credence.bayes.feature;

import java.util.List;
import java.util.regex.Matcher;

/**
 * How far ahead a label is predicted: the labels of events that are nearer count as not known yet.
 *
 * @param events steps of a series, at least 1: with 1 the label of the event before is known
 * @param millis event time between the event whose label is known and the one that is predicted, at least 0
 */
public record Horizon(int events, long millis) {
    /** The next event: everything that has arrived is known. */
    public static final Horizon NEXT = new Horizon(1, 0);

    /** What {@link #parse} takes, in words. */
    public static final String ALLOWED = "a number of events from 1 to " + PastFunction.MOST_EVENTS
            + ", or a time as in 24h: ms, s, min, h, d or w, at most " + PastFunction.LONGEST_DAYS + "d";

    /**
     * Reads {@code 24} as a number of events, {@code 24h} as a time.
     *
     * @throws IllegalArgumentException if it is neither; the message says what is allowed
     */
    public static Horizon parse(String text) {
        Matcher length = PastFunction.LENGTH.matcher(text.trim());
        if (length.matches()) {
            long number = Long.parseLong(length.group(1));
            if (length.group(2) == null && number >= 1 && number <= PastFunction.MOST_EVENTS) {
                return new Horizon((int) number, 0);
            }
            long millis = length.group(2) == null ? 0 : number * PastFunction.unit(length.group(2));
            if (millis >= 1 && millis <= PastFunction.LONGEST) {
                return new Horizon(1, millis);
            }
        }
        throw new IllegalArgumentException("a horizon is " + ALLOWED);
    }

    /** Whether a function of labels asks for none that is ever told. */
    boolean blinds(PastFunction function) {
        return switch (function.name()) {
            case LAG -> !function.arrived() && function.events() < events;
            case MEAN, STD, MIN, MAX -> function.millis() > 0 && function.millis() <= millis;
            case EWMA -> function.millis() > 0 && Recall.HALF_LIVES * function.millis() <= millis;
            case DELTA, COUNT, SINCE -> false;
        };
    }

    /**
     * How many of the events before one, from the earliest on, lie far enough before it for their labels to be told.
     *
     * @param before sorted by event time; those that arrived after it are no steps
     * @param number of the arrival of the one
     * @param time of the one, milliseconds since the epoch
     */
    int reach(List<Remembered> before, long number, long time) {
        int far = before.size();
        int steps = 1;
        while (far > 0 && (steps < events || time - before.get(far - 1).time() < millis)) {
            far--;
            steps += before.get(far).number() < number ? 1 : 0;
        }
        return far;
    }
}
