package io.credence.tool.feed;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The axis of bands that are drawn one below the other: a range of round numbers that holds those of late, and stays as long
 * as it can. One thread.
 */
final class BandScale {
    /** Bands that the range is to hold. */
    private static final int OF_LATE = 40;

    /** Of the range, what these must use at least. */
    private static final double USED = 0.3;

    private final Deque<double[]> bands = new ArrayDeque<>();

    private final String ends;
    private final String line;
    private final String mark;
    private final String beyond;
    private double low = Double.NaN;
    private double high = Double.NaN;

    /** @param plain whether to draw with ASCII only */
    BandScale(boolean plain) {
        ends = plain ? "||" : "├┤";
        line = plain ? "-" : "─";
        mark = plain ? "o" : "●";
        beyond = plain ? "<>" : "◀▶";
    }

    /** Takes the next band; true if the range is another one now. */
    boolean fit(double lower, double upper) {
        bands.addLast(new double[] {lower, upper});
        if (bands.size() > OF_LATE) {
            bands.removeFirst();
        }
        double least = bands.stream().mapToDouble(band -> band[0]).min().orElse(lower);
        double most = bands.stream().mapToDouble(band -> band[1]).max().orElse(upper);
        boolean holds = lower >= low && upper <= high;
        if (holds && most - least >= USED * (high - low)) {
            return false;
        }
        double before = low;
        double after = high;
        double span = Math.max(most - least, Math.max(1e-12, 1e-9 * Math.max(Math.abs(least), Math.abs(most))));
        double step = step(span / 4);
        // What is never negative, as counts are, needs no room below.
        double room = least >= 0 ? Math.min(least, 0.05 * span) : 0.05 * span;
        low = step * Math.floor((least - room) / step);
        high = step * Math.ceil((most + 0.05 * span) / step);
        return low != before || high != after;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The largest of 1, 2, 5, 10, … that is not above a number. */
    private static double step(double most) {
        double ten = Math.pow(10, Math.floor(Math.log10(most)));
        double times = most / ten;
        return ten * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
    }

    /** A band within the range, of so many characters; ends that lie beyond it are arrows. */
    String draw(double lower, double mean, double upper, int width) {
        StringBuilder drawn = new StringBuilder(" ".repeat(width));
        int from = at(lower, width);
        int to = at(upper, width);
        for (int i = from; i <= to; i++) {
            drawn.replace(i, i + 1, line);
        }
        drawn.setCharAt(from, lower < low ? beyond.charAt(0) : ends.charAt(0));
        drawn.setCharAt(to, upper > high ? beyond.charAt(1) : ends.charAt(1));
        drawn.setCharAt(at(mean, width), mark.charAt(0));
        return drawn.toString();
    }

    private int at(double value, int width) {
        double share = (value - low) / (high - low);
        return (int) Math.round(Math.max(0, Math.min(1, share)) * (width - 1));
    }

    /** A bar from the left end, of so many characters. */
    String bar(double share, int width) {
        int full = (int) Math.round(Math.max(0, Math.min(1, share)) * (width - 1));
        return line.repeat(full) + mark + " ".repeat(width - 1 - full);
    }
}
