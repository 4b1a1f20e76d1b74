package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftTest {
    private final Random random = new Random(21);

    @Test
    void shouldMultiplyTheEvidenceByOneOnAverageWhenErrorsAreHalfADeviation() {
        // ±1 with a mean of a half: 3/4·(1 + ¼) + 1/4·(1 − ¾) = 1.
        assertEquals(1, 0.75 * Math.exp(Shift.increment(1)) + 0.25 * Math.exp(Shift.increment(-1)), 1e-12);
        assertEquals(Math.log(1.25), Shift.increment(7), 1e-12);
        assertEquals(Math.log(0.25), Shift.increment(-7), 1e-12);
        assertEquals(0, Shift.increment(0.5), 1e-12);
    }

    @Test
    void shouldExceedOneOverAlphaSeldomerThanAlphaWhenNothingHasShifted() {
        double alpha = 0.05;
        int streams = 4000;
        int exceeded = 0;
        for (int s = 0; s < streams; s++) {
            double evidence = 0;
            double most = 0;
            for (int i = 0; i < 500; i++) {
                evidence += Shift.increment(0.5 + random.nextGaussian());
                most = Math.max(most, evidence);
            }
            exceeded += most >= -Math.log(alpha) ? 1 : 0;
        }
        // Ville's inequality, and three standard errors of the simulation.
        assertTrue(
                exceeded <= streams * (alpha + 3 * Math.sqrt(alpha * (1 - alpha) / streams)), exceeded + " exceeded");
    }

    private Shift usual() {
        Shift shift = Shift.create(0.0002);
        for (int i = 0; i < 10_000; i++) {
            shift.learn(random.nextGaussian());
        }
        return shift;
    }

    @Test
    void shouldBeAnAlarmWhenAllLabelsShiftByOneDeviationAndAHalf() {
        Shift shift = usual();
        assertFalse(shift.raises());
        assertTrue(shift.clears());
        int needed = 0;
        while (!shift.raises() && needed < 100) {
            shift.learn(1.5 + random.nextGaussian());
            needed++;
        }
        assertTrue(needed <= 48, needed + " labels");
        assertFalse(shift.clears());
    }

    @Test
    void shouldBeNoAlarmWhenAFewLabelsAreGrosslyWrong() {
        Shift shift = usual();
        for (int i = 0; i < 500; i++) {
            shift.learn(i % 10 == 0 ? 100 : random.nextGaussian());
            assertFalse(shift.raises());
        }
    }

    @Test
    void shouldEndWhenTheShiftLasts() {
        Shift shift = usual();
        int alarms = 0;
        for (int i = 0; i < 1000; i++) {
            shift.learn(3 + random.nextGaussian());
            alarms += shift.raises() ? 1 : 0;
        }
        assertTrue(alarms > 0 && alarms < 150, alarms + " alarms");
        assertTrue(shift.clears());
    }

    @Test
    void shouldGoOnAsBeforeWhenStoredAndReadAgain() {
        Shift shift = usual();
        double[] stored = new double[Shift.LENGTH];
        shift.store(stored, 0);
        Shift again = Shift.of(0.0002, stored, 0);
        double[] other = new double[Shift.LENGTH];
        for (int i = 0; i < 300; i++) {
            double error = 1 + random.nextGaussian();
            shift.learn(error);
            again.learn(error);
        }
        shift.store(stored, 0);
        again.store(other, 0);
        assertArrayEquals(stored, other);
    }
}
