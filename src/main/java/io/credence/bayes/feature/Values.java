package io.credence.bayes.feature;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reading of raw values whose type only the event knows. */
final class Values {
    private static final int SHOWN = 80;

    private Values() {}

    /** A value as a category: whole numbers lose their decimal point, so that 3, 3.0 and "3" agree. */
    static String category(Object value) {
        if (value instanceof Number n) {
            double d = n.doubleValue();
            if (d == Math.rint(d) && Math.abs(d) < 1e15) {
                return Long.toString((long) d);
            }
        }
        return value.toString().trim();
    }

    /** A value as an instant; null if it is none. */
    static @Nullable Instant instant(Object value) {
        try {
            if (value instanceof Instant t) {
                return inRange(t) ? t : null;
            }
            if (value instanceof Number n) {
                double millis = n.doubleValue();
                Instant t = Instant.ofEpochMilli((long) millis);
                return Double.isFinite(millis) && inRange(t) ? t : null;
            }
            return value instanceof CharSequence s ? parse(s.toString().trim()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant parse(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return instant(Long.parseLong(text));
        }
        Long millis = EventTimes.millis(text);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static boolean inRange(Instant t) {
        return t.getEpochSecond() > -1_000_000_000_000L && t.getEpochSecond() < 1_000_000_000_000L;
    }

    /** The value for a message: its type and a bounded part of its text. */
    static String show(Object value) {
        String text = String.valueOf(value);
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return value instanceof CharSequence
                ? "'" + shown + "'"
                : shown + " (" + value.getClass().getSimpleName() + ")";
    }
}
