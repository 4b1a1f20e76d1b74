package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.credence.bayes.feature.EventTimes.Unit;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {
    @ParameterizedTest
    @CsvSource({
        "2024-01-02, 2024-01-02T00:00:00Z",
        "2024/1/2, 2024-01-02T00:00:00Z",
        "02.01.2024, 2024-01-02T00:00:00Z",
        "02.01.2024 13:05, 2024-01-02T13:05:00Z",
        "2024-01-02 13:05:06, 2024-01-02T13:05:06Z",
        "2024-01-02T13:05:06.789Z, 2024-01-02T13:05:06.789Z",
        "'2024-01-02 13:05:06,7', 2024-01-02T13:05:06.700Z",
        "2024-01-02 13:05:06.123456789, 2024-01-02T13:05:06.123Z",
        "2024-01-02 13:05:06+00:00, 2024-01-02T13:05:06Z",
        "2024-01-02 13:05:06+0130, 2024-01-02T11:35:06Z",
        "2024-01-02T13:05-08, 2024-01-02T21:05:00Z",
        "2024-01-02 13:05:06 UTC, 2024-01-02T13:05:06Z",
        "2024-01-02T13:05:06+01:00[Europe/Paris], 2024-01-02T12:05:06Z",
        "2024-01-02 24:00, 2024-01-03T00:00:00Z"
    })
    void shouldReadTheTimeWhenItIsWrittenAsProgramsWriteIt(String text, Instant expected) {
        assertEquals(expected.toEpochMilli(), EventTimes.millis(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "noon",
                "2024-13-01",
                "03/04/2024",
                "2024-02-30",
                "1704067200",
                "12:00:00",
                "2024-01-02 25:00"
            })
    void shouldBeNoTimeWhenTheTextIsNoneOrEither(String text) {
        assertNull(EventTimes.millis(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1704067200, SECONDS",
        "1704067200000, MILLISECONDS",
        "1704067200000000, MICROSECONDS",
        "1704067200000000000, NANOSECONDS",
        "45000, MILLISECONDS"
    })
    void shouldFindTheUnitWhenNumbersCountTheTimeSince1970(double most, Unit unit) {
        assertEquals(unit, Unit.of(most));
    }

    @Test
    void shouldGiveTheSameInstantWhenUnitsDiffer() {
        long expected = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

        assertEquals(expected, Unit.SECONDS.millis(1704067200));
        assertEquals(expected, Unit.MICROSECONDS.millis(1704067200e6));
        assertEquals(expected, Unit.NANOSECONDS.millis(1704067200e9));
        assertNull(Unit.SECONDS.millis(1e300));
    }

    @ParameterizedTest
    @CsvSource({
        "99999999, MILLISECONDS",
        "1e8, SECONDS",
        "1e11, MILLISECONDS",
        "1e14, MICROSECONDS",
        "1e17, NANOSECONDS"
    })
    void shouldTellTheUnitOfANumberWhenItIsATime(double most, EventTimes.Unit unit) {
        assertEquals(unit, EventTimes.Unit.of(most));
    }
}
