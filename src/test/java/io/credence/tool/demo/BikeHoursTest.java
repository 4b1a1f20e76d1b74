package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.BikeHour;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BikeHoursTest {
    private final List<BikeHour> hours = BikeHours.load();

    @Test
    void shouldHoldEveryHourOnceInTimeOrderWhenLoaded() {
        assertEquals(17_379, hours.size());
        for (int i = 1; i < hours.size(); i++) {
            assertTrue(hours.get(i - 1).getAt().isBefore(hours.get(i).getAt()), "hour " + i);
        }
        assertEquals(17_379, hours.stream().map(BikeHour::getId).distinct().count());
    }

    @Test
    void shouldReadEveryFieldWhenLoaded() {
        BikeHour first = hours.get(0);
        assertEquals("2011-01-01T00", first.getId());
        assertEquals(Instant.parse("2011-01-01T00:00:00Z"), first.getAt());
        assertEquals(1, first.getSeason());
        assertEquals(6, first.getWeekday());
        assertEquals(0.2879, first.getAtemp());
        assertEquals(0.81, first.getHum());
        assertEquals(16, first.getCnt());
        BikeHour last = hours.get(hours.size() - 1);
        assertEquals(1, last.getYr());
        assertEquals(23, last.getHr());
        assertTrue(last.getWorkingday());
        assertEquals(49, last.getCnt());
    }

    @Test
    void shouldLoseOnlyTheLabelWhenItIsNotKnownYet() {
        BikeHour asked = BikeHours.withoutCount(hours.get(5));
        assertNull(asked.getCnt());
        assertEquals(hours.get(5).getId(), asked.getId());
        assertEquals(hours.get(5).getTemp(), asked.getTemp());
    }
}
