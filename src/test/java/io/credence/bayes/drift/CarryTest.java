package io.credence.bayes.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.DoubleBuffer;
import org.junit.jupiter.api.Test;

class CarryTest {
    @Test
    void shouldBelieveTheAutocorrelationWhenNoOutlierWasSeen() {
        assertTrue(Carry.UNKNOWN.carries(0.51));
        assertFalse(Carry.UNKNOWN.carries(0.49));
    }

    @Test
    void shouldSayThatOutliersCarryOverWhenTheNextResidualIsNearerToThem() {
        assertTrue(Carry.UNKNOWN.after(0, 5).next(4).carries(0.3), "1.6 of 3");
    }

    @Test
    void shouldSayThatOutliersStandAloneWhenTheNextResidualIsNearerToTheOneBefore() {
        Carry once = Carry.UNKNOWN.after(1, 5).next(1.5);
        assertTrue(once.carries(0.9), "1.8 of 3");
        Carry twice = once.after(1, -5).next(1.5);
        assertFalse(twice.carries(0.9), "1.8 of 3.95");
    }

    @Test
    void shouldCountNothingWhenTheEventBeforeWasNoOutlier() {
        assertEquals(Carry.UNKNOWN, Carry.UNKNOWN.next(5));
        Carry counted = Carry.UNKNOWN.after(0, 5).next(4);
        assertEquals(counted, counted.next(0));
    }

    @Test
    void shouldForgetWhatWasLongAgoWhenOutliersChange() {
        Carry carry = Carry.UNKNOWN;
        for (int i = 0; i < 1000; i++) {
            carry = carry.after(0, 5).next(5);
        }
        int steps = 0;
        for (; carry.carries(0.5); steps++) {
            carry = carry.after(0, 5).next(0);
        }
        assertEquals(14, steps, "0.95ⁿ < 1/2");
    }

    @Test
    void shouldDecideAlikeWhenTheUnitChangesInBetweenAndWhenStored() {
        Carry carry = Carry.UNKNOWN.after(1, 5).rescaled(100);
        assertEquals(new Carry(100, 500, 0, 0), carry);
        DoubleBuffer stored = DoubleBuffer.allocate(Carry.SIZE);
        carry.store(stored);
        assertEquals(carry, Carry.load(stored.flip()));
        assertTrue(carry.next(400).carries(0.5));
    }
}
