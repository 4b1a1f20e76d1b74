package io.credence.bayes.alert;

/**
 * What the {@link Episodes} of a model know of the notices of one source.
 *
 * @param heard the clock when the last came, {@link #NEVER} before the first
 * @param gap the longest time between two of late, by the clock, slowly forgotten
 * @param notices how many came
 * @param said event time of the last
 * @param newest the latest event time that was believed
 * @param step the longest event time from one event to the next of late, slowly forgotten
 * @param last event time of the newest event that carried its last episode on
 * @param quiet events that cleared since
 * @param older events that cleared and were older than that
 */
public record Line(
        long heard, double gap, long notices, long said, long newest, double step, long last, long quiet, long older) {
    /** Before any time. */
    public static final long NEVER = Long.MIN_VALUE;

    /** A source that has said nothing. */
    static final Line SILENT = new Line(NEVER, 0, 0, NEVER, NEVER, 0, 0, 0, 0);

    private static final double FORGOTTEN = 1.0 / 1024;
    /** One wrong time must not make a stream appear to be slow: a gap counts at most as so many of the longest. */
    private static final double AT_MOST = 4;

    /**
     * After a notice.
     *
     * @param clock of the model
     * @param time of the event
     * @param at the same, as far as it is believed
     * @param events that it tells of
     */
    Line heard(long clock, long time, long at, long events) {
        return new Line(
                clock,
                longest(gap, heard, clock, 1),
                notices + 1,
                time,
                Math.max(newest, at),
                longest(step, newest, at, events),
                last,
                quiet,
                older);
    }

    private static double longest(double known, long from, long to, long events) {
        if (from == NEVER || to <= from) {
            return known;
        }
        double seen = ((double) to - from) / events;
        return known == 0 ? seen : Math.max(known * (1 - FORGOTTEN), Math.min(seen, AT_MOST * known));
    }

    /** After an event with which an episode begins. */
    Line begun(long at) {
        return new Line(heard, gap, notices, said, newest, step, at, 0, 0);
    }

    /** After an event that carries an episode on; an older one than the last does not. */
    Line raised(long at) {
        return at < last ? this : begun(at);
    }

    /** After events that cleared. */
    Line cleared(long events) {
        return new Line(heard, gap, notices, said, newest, step, last, quiet + events, older);
    }

    /** After events that cleared and are older than what raised. */
    Line overtaken(long events) {
        return new Line(heard, gap, notices, said, newest, step, last, quiet, older + events);
    }

    /** How much later than the last an event still carries an episode on. */
    long reach(AlertRules rules) {
        return rules.rest(Turn.GAPS * step);
    }
}
