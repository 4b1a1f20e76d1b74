package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final double SHARE = 0.01;
    private static final int EVENTS = 30_000;
    private static final int FIRST = 10_000;

    private final Random random = new Random(8);

    @Test
    void shouldHoldTheShareWhenAModelGrowsSurer() {
        assertEquals(SHARE, share(i -> Math.exp(0.4 * random.nextGaussian()) / Math.sqrt(i + 1)), 0.002);
    }

    @Test
    void shouldHoldTheShareWhenTheTailGrowsThreefoldForAWhile() {
        assertEquals(
                SHARE,
                share(i -> {
                    boolean large = i / 3000 % 3 == 1 && random.nextInt(10) == 0;
                    return (large ? 3 : 1) * Math.exp(0.3 * random.nextGaussian());
                }),
                0.003);
    }

    private double share(IntToDoubleFunction measure) {
        Doubt doubt = Doubt.create(SHARE);
        int above = 0;
        for (int i = 0; i < EVENTS; i++) {
            double value = measure.applyAsDouble(i);
            above += i >= FIRST && value > doubt.threshold() ? 1 : 0;
            doubt.learn(value);
        }
        return above / (double) (EVENTS - FIRST);
    }

    @Test
    void shouldGoOnFlaggingWhenABurstIsLong() {
        Doubt doubt = Doubt.create(SHARE);
        for (int i = 0; i < EVENTS; i++) {
            doubt.learn(Math.exp(0.3 * random.nextGaussian()));
        }
        double before = doubt.threshold();
        for (int i = 0; i < 500; i++) {
            double value = 10 * Math.exp(0.3 * random.nextGaussian());
            assertTrue(value > doubt.threshold(), "number " + i + " of a burst");
            doubt.learn(value);
        }
        assertTrue(doubt.threshold() < 3 * before, before + " became " + doubt.threshold());
    }

    @Test
    void shouldKnowNoThresholdAtFirstAndIgnoreWhatIsNoMeasure() {
        Doubt doubt = Doubt.create(SHARE);
        for (double value : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, 1, 2, 3}) {
            doubt.learn(value);
            assertTrue(Double.isNaN(doubt.threshold()));
        }
        double[] before = stored(doubt);
        doubt.learn(Double.NaN);
        assertArrayEquals(before, stored(doubt));
    }

    @Test
    void shouldGoOnAsIfNothingHappenedWhenItWasStored() {
        Doubt one = Doubt.create(SHARE);
        Doubt other = Doubt.create(SHARE);
        for (int i = 0; i < 5000; i++) {
            double value = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextDouble();
            one.learn(value);
            other.learn(value);
            if (random.nextInt(20) == 0) {
                other = Doubt.of(SHARE, stored(other), 0);
            }
        }
        assertArrayEquals(stored(one), stored(other));
    }

    private static double[] stored(Doubt doubt) {
        double[] stored = new double[Doubt.LENGTH];
        doubt.store(stored, 0);
        return stored;
    }
}
