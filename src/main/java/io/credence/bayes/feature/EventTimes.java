package io.credence.bayes.feature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as text and numbers spell them: the one place that every option and feature that takes a time asks. */
public final class EventTimes {
    /*
     * Year, month and day with hyphens or slashes, or day, month and year with points; then, after a blank or T, hours
     * and minutes, seconds and a fraction; then Z, UTC, GMT or an offset. Without an offset it is UTC. Day and month
     * with slashes are not taken: 03/04 is either.
     */
    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})|(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}))"
                    + "(?:[Tt ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?\\s*(Z|z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?(?:\\[[^\\]]*\\])?)?");

    private EventTimes() {}

    /** What a number counts that is the time since the beginning of 1970. */
    public enum Unit {
        SECONDS(1e3),
        MILLISECONDS(1),
        MICROSECONDS(1e-3),
        NANOSECONDS(1e-6);

        private final double millis;

        Unit(double millis) {
            this.millis = millis;
        }

        /**
         * The unit in which numbers up to {@code most} are times between 1973 and 5138; milliseconds for smaller numbers,
         * which are no such times in any unit.
         */
        public static Unit of(double most) {
            return most < 1e8
                    ? MILLISECONDS
                    : most < 1e11 ? SECONDS : most < 1e14 ? MILLISECONDS : most < 1e17 ? MICROSECONDS : NANOSECONDS;
        }

        /** Milliseconds since 1970, or null if the number is out of range. */
        public @Nullable Long millis(double number) {
            double value = number * millis;
            return Math.abs(value) < 1e15 ? (Long) Math.round(value) : null;
        }
    }

    /** Milliseconds since 1970 that a text spells as a date or a time, or null. */
    public static @Nullable Long millis(String text) {
        String trimmed = text.strip();
        if (trimmed.length() < 8) {
            return null;
        }
        Matcher m = FORM.matcher(trimmed);
        try {
            return m.matches() ? read(m) : (Long) Instant.parse(trimmed).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static long read(Matcher m) {
        LocalDate date = m.group(1) != null
                ? LocalDate.of(number(m, 1), number(m, 2), number(m, 3))
                : LocalDate.of(number(m, 6), number(m, 5), number(m, 4));
        if (m.group(7) == null) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        int hour = number(m, 7);
        LocalTime time = LocalTime.of(hour == 24 ? 0 : hour, number(m, 8), m.group(9) == null ? 0 : number(m, 9));
        String fraction = m.group(10) == null ? "" : m.group(10);
        long millis = fraction.isEmpty() ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
        return date.plusDays(hour == 24 ? 1 : 0)
                        .atTime(time)
                        .toInstant(offset(m.group(11)))
                        .toEpochMilli()
                + millis;
    }

    private static ZoneOffset offset(@Nullable String text) {
        if (text == null || Character.isLetter(text.charAt(0))) {
            return ZoneOffset.UTC;
        }
        boolean packed = text.length() == 5 && text.indexOf(':') < 0;
        return ZoneOffset.of(packed ? text.substring(0, 3) + ":" + text.substring(3) : text);
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
