package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePartTest {
    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2024-02-29T13:15:30Z, 0.2583333333",
        "HOUR, 2024-02-29T00:00:00Z, 0",
        "HOUR, 2024-02-29T18:30:00Z, 0.7708333333",
        "WEEKDAY, 2024-02-26T00:00:00Z, 0",
        "WEEKDAY, 2024-02-29T12:00:00Z, 0.5",
        "DAY, 2024-02-01T00:00:00Z, 0",
        "DAY, 2024-02-29T12:00:00Z, 0.9827586207",
        "MONTH, 2024-01-31T00:00:00Z, 0",
        "MONTH, 2024-12-01T00:00:00Z, 0.9166666667"
    })
    void shouldGiveThePhaseWhenTheDateIsKnown(TimePart part, Instant instant, double phase) {
        assertEquals(phase, part.phase(instant, ZoneOffset.UTC), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"MINUTE, 3600", "HOUR, 86400", "WEEKDAY, 604800"})
    void shouldTurnExactlyOnceAPeriodWhenTimePasses(TimePart part, long period) {
        double last = part.phase(Instant.ofEpochSecond(0), ZoneOffset.UTC);
        int wraps = 0;
        for (long s = 60; s <= 3 * period; s += 60) {
            double phase = part.phase(Instant.ofEpochSecond(s), ZoneOffset.UTC);
            assertTrue(phase >= 0 && phase < 1);
            wraps += phase < last ? 1 : 0;
            last = phase;
        }
        assertEquals(3, wraps);
    }

    @Test
    void shouldReadTheSameInstantWhenWrittenInAnyForm() {
        FeatureEncoder encoder = new FeatureEncoder(FeatureSpec.parseList("at:time(hour)"), UnseenCategory.ZERO);
        assertEquals(List.of("at.hour:sin1", "at.hour:cos1"), encoder.columns());
        for (Object value : new Object[] {
            Instant.parse("2012-03-04T06:00:00Z"),
            1330840800000L,
            "1330840800000",
            "2012-03-04T06:00:00Z",
            "2012-03-04T07:00:00+01:00",
            "2012-03-04 06:00:00",
            "2012-03-04T06:00"
        }) {
            double[] x = encoder.encode(i -> value).fold(FeatureVector::values, r -> new double[2]);
            assertArrayEquals(new double[] {1, 0}, x, 1e-6, value.toString());
        }
        double[] midnight = encoder.encode(i -> "2012-03-04").fold(FeatureVector::values, r -> new double[2]);
        assertArrayEquals(new double[] {0, 1}, midnight, 1e-6);
    }
}
