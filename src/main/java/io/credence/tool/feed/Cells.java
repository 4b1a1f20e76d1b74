package io.credence.tool.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cells of tables for a terminal: of a fixed width, and without what would upset it. */
final class Cells {
    /** Characters that a line may have. */
    static final int LINE = 80;

    static final int TIME = 19;

    /** Beyond any label: the end of an interval that nobody knows. */
    static final double LARGEST = 1e300;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

    private Cells() {}

    /** A text of somebody else's: control characters, which could write elsewhere on the terminal, become points. */
    static String tame(@Nullable Object text) {
        return text == null ? "" : CONTROL.matcher(text.toString()).replaceAll(".");
    }

    /** The same cut to a width, and filled up to it. */
    static String left(@Nullable Object text, int width) {
        String cut = cut(tame(text), width);
        return cut + " ".repeat(width - cut.length());
    }

    static String right(@Nullable Object text, int width) {
        String cut = cut(tame(text), width);
        return " ".repeat(width - cut.length()) + cut;
    }

    static String cut(String text, int width) {
        return text.length() <= width
                ? text
                : text.substring(0, Math.max(0, width - 2)) + "..".substring(0, Math.min(2, width));
    }

    /** A whole line: no wider than a terminal, nothing at its end. */
    static String line(String text) {
        return cut(text, LINE).stripTrailing();
    }

    /** UTC, to the second. */
    static String time(long millis) {
        return Math.abs(millis) > 200_000_000_000_000L
                ? Long.toString(millis)
                : CLOCK.format(Instant.ofEpochMilli(millis));
    }

    static String time(@Nullable Object value) {
        return value instanceof Instant instant ? time(instant.toEpochMilli()) : tame(value);
    }

    /** Four digits that count; a dash for none. */
    static String number(@Nullable Object value) {
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return "-";
        }
        double size = Math.abs(number.doubleValue());
        if (size != 0 && (size >= 1e6 || size < 1e-3)) {
            return String.format(Locale.ROOT, "%.2e", number.doubleValue());
        }
        int decimals = size == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", number.doubleValue());
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
