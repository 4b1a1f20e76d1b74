package io.credence.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets through what libraries say a few times a minute, each thing that they say counted for itself: while a broker is
 * away each of a dozen Kafka clients says so every second. What Credence says itself always passes.
 */
public final class FloodGate extends Filter<ILoggingEvent> {
    private static final int SAME = 2;
    private static final long MINUTE_MS = 60_000;
    private static final String OURS = "io.credence";

    /** What tells apart lines that say the same: the client that speaks, numbers, names of nodes and partitions. */
    private static final Pattern DETAILS = Pattern.compile("\\[[^\\]]*\\]|\\S*\\d\\S*");

    private final Map<String, Integer> said = new HashMap<>();
    private long minute = Long.MIN_VALUE;
    private int all;
    private int limit = 20;

    /** Most lines of libraries in a minute; 0 for all. */
    public synchronized void setLimit(int lines) {
        limit = lines;
    }

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (event.getLoggerName().startsWith(OURS) || limit == 0) {
            return FilterReply.NEUTRAL;
        }
        long now = Math.floorDiv(event.getTimeStamp(), MINUTE_MS);
        if (now != minute) {
            minute = now;
            all = 0;
            said.clear();
        }
        String what =
                event.getLoggerName() + DETAILS.matcher(event.getMessage()).replaceAll("");
        return said.merge(what, 1, Integer::sum) <= SAME && ++all <= limit ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
