package io.credence.bayes.feature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A cyclic part of a timestamp, as a phase from 0 (inclusive) to 1 (exclusive). */
enum TimePart {
    MINUTE,
    HOUR,
    WEEKDAY,
    DAY,
    MONTH;

    static List<String> names() {
        return Arrays.stream(values()).map(TimePart::label).toList();
    }

    static TimePart of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The parts among a feature's arguments. */
    static List<TimePart> parts(List<String> arguments) {
        return arguments.stream().filter(names()::contains).map(TimePart::of).toList();
    }

    /** How many of a feature's arguments are no part, and so have to be a time zone. */
    static int zones(List<String> arguments) {
        return arguments.size() - parts(arguments).size();
    }

    /** Whether all arguments are parts and known time zones. */
    static boolean readable(List<String> arguments) {
        try {
            zone(arguments);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * The time zone among a feature's arguments; UTC if there is none.
     *
     * @throws DateTimeException if there is no such zone
     */
    static ZoneId zone(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> !names().contains(argument))
                .findFirst()
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    double phase(Instant instant, ZoneId zone) {
        ZonedDateTime t = instant.atZone(zone);
        double hour = (t.getHour() + t.getMinute() / 60.0) / 24;
        return switch (this) {
            case MINUTE -> (t.getMinute() + t.getSecond() / 60.0) / 60;
            case HOUR -> hour;
            case WEEKDAY -> (t.getDayOfWeek().getValue() - 1 + hour) / 7;
            case DAY -> (t.getDayOfMonth() - 1 + hour) / t.toLocalDate().lengthOfMonth();
            case MONTH -> (t.getMonthValue() - 1) / 12.0;
        };
    }
}
