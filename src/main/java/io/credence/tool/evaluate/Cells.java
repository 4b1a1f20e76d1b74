package io.credence.tool.evaluate;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the text of a cell is understood. */
final class Cells {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNLISTABLE = Pattern.compile("[,()]");
    private static final List<Function<String, Instant>> TIMES = List.of(
            Instant::parse,
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    private Cells() {}

    /** The decimal number that the text spells, possibly infinite, or null. */
    static @Nullable Double number(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Double.valueOf(text);
        }
        if (INFINITE.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return null;
    }

    /** The value as an encoder takes it: a {@link Double} where the text spells one, else the text. */
    static @Nullable Object value(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Double number = number(text);
        return number == null ? category(text) : number;
    }

    /** The name of a cell's category: whole numbers without a decimal point, and nothing that a list cannot spell. */
    static String category(String text) {
        Double number = number(text);
        if (number == null) {
            return UNLISTABLE.matcher(text).replaceAll("_").strip();
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : number.toString();
    }

    /** Epoch milliseconds that the text spells: a whole number, or an ISO-8601 date or time (UTC unless it says). */
    static @Nullable Long millis(String text) {
        Double number = number(text);
        if (number != null) {
            return Math.abs(number) < 1e15 ? (Long) Math.round(number) : null;
        }
        String iso = text.replace(' ', 'T');
        for (Function<String, Instant> form : TIMES) {
            try {
                return form.apply(iso).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                continue;
            }
        }
        return null;
    }
}
