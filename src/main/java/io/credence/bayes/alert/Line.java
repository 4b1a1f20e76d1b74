package io.credence.bayes.alert;

/**
 * What the {@link Episodes} of a model know of the notices of one source.
 *
 * @param heard the clock when the last came, {@link #NEVER} before the first
 * @param gap the longest time between two of late, slowly forgotten
 * @param notices how many came
 * @param raising whether it holds the open episode up
 * @param last event time of the newest that raised, while {@code raising}
 * @param quiet events that cleared since
 */
public record Line(long heard, double gap, long notices, boolean raising, long last, long quiet) {
    /** Before any time. */
    public static final long NEVER = Long.MIN_VALUE;

    /** A source that has said nothing. */
    static final Line SILENT = new Line(NEVER, 0, 0, false, 0, 0);

    private static final double FORGOTTEN = 1.0 / 1024;
    /** One wrong time must not make a stream appear to be slow: a gap counts at most as so many of the longest. */
    private static final double AT_MOST = 4;

    /** After a notice. */
    Line heard(long clock) {
        double longest = gap;
        if (heard != NEVER && clock > heard) {
            double seen = clock - heard;
            longest = gap == 0 ? seen : Math.max(gap * (1 - FORGOTTEN), Math.min(seen, AT_MOST * gap));
        }
        return new Line(clock, longest, notices + 1, raising, last, quiet);
    }

    /** After an event that raised; an older one than the last does not carry the episode on. */
    Line raised(long time) {
        return raising && time < last ? this : new Line(heard, gap, notices, true, time, 0);
    }

    /** After events that cleared; those of before the last that raised do not count. */
    Line cleared(long time, long events) {
        return time < last ? this : new Line(heard, gap, notices, raising, last, quiet + events);
    }

    /** The same, holding nothing up. */
    Line let() {
        return new Line(heard, gap, notices, false, 0, 0);
    }

    /** How long after the last notice nothing more is to be expected soon. */
    long patience(long atLeast, double gaps) {
        return Math.max(atLeast, (long) (gaps * gap));
    }
}
