package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final InputForm FORM = new InputForm(List.of(0, 1), List.of());

    private final Random random = new Random(4);

    /** The first column hardly repeats, the second one does for up to some ten events. */
    private Repeats learned(int events) {
        Repeats repeats = Repeats.create(FORM);
        double level = 0;
        for (int i = 0; i < events; i++) {
            level = random.nextInt(3) == 0 ? random.nextInt(5) : level;
            repeats.learn(new double[] {random.nextGaussian(), level}, random.nextGaussian());
            assertFalse(repeats.labelFrozen());
        }
        return repeats;
    }

    @Test
    void shouldFindTheColumnWhenASensorIsStuck() {
        Repeats repeats = learned(6000);
        assertEquals(Set.of(), repeats.frozen());
        for (int i = 0; i < 5; i++) {
            repeats.learn(new double[] {7, random.nextInt(5)}, random.nextGaussian());
        }
        assertEquals(Set.of(0), repeats.frozen());
    }

    @Test
    void shouldFindNothingWhenAColumnRepeatsByNature() {
        Repeats repeats = learned(6000);
        for (int i = 0; i < 12; i++) {
            repeats.learn(new double[] {random.nextGaussian(), 3}, random.nextGaussian());
        }
        assertEquals(Set.of(), repeats.frozen());
    }

    @Test
    void shouldFindTheLabelWhenItIsStuck() {
        Repeats repeats = learned(6000);
        for (int i = 0; i < 5; i++) {
            repeats.learn(new double[] {random.nextGaussian(), random.nextInt(5)}, 2);
        }
        assertTrue(repeats.labelFrozen());
    }

    @Test
    void shouldBeNewsNoLongerWhenItStaysStuck() {
        Repeats repeats = learned(6000);
        for (int i = 0; i < 100; i++) {
            repeats.learn(new double[] {7, random.nextInt(5)}, random.nextGaussian());
        }
        assertEquals(Set.of(), repeats.frozen());
    }

    @Test
    void shouldFindNothingWhenThereWereFewRuns() {
        Repeats repeats = learned(500);
        for (int i = 0; i < 6; i++) {
            repeats.learn(new double[] {7, random.nextInt(5)}, random.nextGaussian());
        }
        assertEquals(Set.of(), repeats.frozen());
    }

    @Test
    void shouldBeTheSameWhenStoredAndReadAgain() {
        Repeats repeats = learned(3000);
        for (int i = 0; i < 5; i++) {
            repeats.learn(new double[] {7, 1}, random.nextGaussian());
        }
        double[] stored = new double[2 + Repeats.length(FORM)];
        repeats.store(stored, 2);
        assertEquals(repeats.frozen(), Repeats.of(FORM, stored, 2).frozen());
    }
}
