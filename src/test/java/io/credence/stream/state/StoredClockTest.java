package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredClockTest {
    private static final long SPAN = 100;

    private final StoredClock clock = new StoredClock(MapStore.create("clock"), 0, SPAN);

    @Test
    void shouldGoOnWhenTwoRecordsInARowSaySo() {
        note(1_000, 1_050);
        assertEquals(1_000, clock.passed());
        assertEquals(1_050, clock.atLast());
        note(1_080, 1_020, 1_090);
        assertEquals(1_050, clock.passed());
    }

    @Test
    void shouldStayWhereItIsWhenOneRecordIsFarAheadOrBehind() {
        note(1_000, 1_000, 900_000, 1_010, 1_010, 5, 1_020, 1_020);
        assertEquals(1_020, clock.passed());
    }

    @Test
    void shouldMoveAfterAGapWhenTheRecordsBehindItHaveGoneOnByTheSpan() {
        note(1_000, 1_000, 9_000, 9_090, 9_090);
        assertEquals(1_000, clock.passed());
        assertEquals(1_090, clock.atLast(), "what comes now is later than what came before the gap");
        note(9_110, 9_110);
        assertEquals(1_110, clock.passed(), "how long the gap was says nothing to those who came behind it");
        note(9_150, 9_150);
        assertEquals(1_150, clock.passed());
    }

    @Test
    void shouldMoveWhenRecordsComeInBatchesFurtherApartThanTheSpan() {
        for (int week = 0; week < 8; week++) {
            note(week * 700L, week * 700L + 5, week * 700L + 9);
        }
        assertEquals(5, clock.passed());
        note(8 * 700L);
        assertEquals(5 + 101, clock.passed());
        note(9 * 700L);
        assertEquals(5 + 202, clock.passed());
    }

    @Test
    void shouldMoveWhenAllThatComesLiesBehindForTheSpan() {
        note(900_000, 900_000);
        for (long time = 0; time <= 101; time++) {
            note(time);
        }
        assertEquals(900_000, clock.passed());
        note(102);
        assertEquals(900_101, clock.passed());
    }

    @Test
    void shouldKeepToOneSourceWhenSeveralTakeTurns() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            for (long source : new long[] {1_000_000, 0, 5_000, 7_000_000}) {
                for (int n = random.nextInt(4); n >= 0; n--) {
                    note(source + i / 10);
                }
            }
        }
        assertEquals(1_000_999, clock.passed());
    }

    @Test
    void shouldGoOnAsItWasWhenItIsReadAgain() {
        var store = MapStore.create("clock");
        Random random = new Random(5);
        StoredClock whole = new StoredClock(MapStore.create("whole"), 0, SPAN);
        for (int i = 0; i < 5_000; i++) {
            long time = i + (random.nextInt(10) == 0 ? random.nextInt(2_000) - 1_000 : 0) + (i > 2_000 ? 5_000 : 0);
            whole.note(time);
            new StoredClock(store, 0, SPAN).note(time);
            StoredClock read = new StoredClock(store, 0, SPAN);
            assertEquals(whole.last(), read.last());
            assertEquals(whole.passed(), read.passed());
            assertEquals(whole.atLast(), read.atLast());
        }
    }

    private void note(long... times) {
        for (long time : times) {
            clock.note(time);
            assertEquals(time, clock.last());
        }
    }
}
