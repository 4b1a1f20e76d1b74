package io.credence.bayes.feature;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A cyclic part of a UTC timestamp, as a phase from 0 (inclusive) to 1 (exclusive). */
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

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    double phase(Instant instant) {
        ZonedDateTime t = instant.atZone(ZoneOffset.UTC);
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
