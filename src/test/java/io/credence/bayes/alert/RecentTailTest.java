package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTailTest {
    private static final double SHARE = 0.01;

    private final Random random = new Random(5);

    @Test
    void shouldFindTheQuantileWhenTheStreamIsStationary() {
        RecentTail tail = new RecentTail(SHARE, 0);
        for (int i = 0; i < 30_000; i++) {
            tail.learn(Math.exp(random.nextGaussian()));
        }
        // The 99 % quantile of the standard normal is 2.326; a tail of 0.8 and of 1.25 % begins at 2.41 and 2.24.
        assertEquals(2.326, Math.log(tail.threshold()), 0.09);
    }

    @Test
    void shouldHoldTheShareWhenTheTailGrowsHeavier() {
        RecentTail tail = new RecentTail(SHARE, 0.02);
        int above = 0;
        for (int i = 0; i < 30_000; i++) {
            boolean large = tail.learn(Math.exp((0.5 + i / 60_000.0) * random.nextGaussian()));
            above += i >= 10_000 && large ? 1 : 0;
        }
        assertEquals(SHARE, above / 20_000.0, 0.0015);
    }

    @Test
    void shouldNotLearnABurst() {
        RecentTail tail = new RecentTail(SHARE, 0);
        for (int i = 0; i < 20_000; i++) {
            tail.learn(random.nextDouble());
        }
        double before = tail.threshold();
        for (int i = 0; i < 1000; i++) {
            assertTrue(tail.learn(1000 + i), "all of a burst is large");
        }
        assertEquals(before, tail.threshold(), 0.01);
    }

    @Test
    void shouldTakeALastingChangeAsUsualWhenItHasLastedForAHalf() {
        RecentTail tail = new RecentTail(SHARE, 0);
        for (int i = 0; i < 20_000; i++) {
            tail.learn(random.nextDouble());
        }
        for (int i = 0; i < 30_000; i++) {
            tail.learn(5 + random.nextDouble());
        }
        assertEquals(5.99, tail.threshold(), 0.05);
    }

    @Test
    void shouldGoOnAsIfNothingHappenedWhenItWasStored() {
        RecentTail one = new RecentTail(SHARE, 0.02);
        RecentTail other = new RecentTail(SHARE, 0.02);
        for (int i = 0; i < 5000; i++) {
            double value = random.nextInt(3) == 0 ? random.nextInt(5) / 5.0 : random.nextDouble();
            one.learn(value);
            other.learn(value);
            if (random.nextInt(20) == 0) {
                other = RecentTail.of(SHARE, 0.02, stored(other), 0);
            }
        }
        assertArrayEquals(stored(one), stored(other));
    }

    private static double[] stored(RecentTail tail) {
        double[] stored = new double[RecentTail.LENGTH];
        tail.store(stored, 0);
        return stored;
    }

    @Test
    void shouldTellTheShareOfSmallerNumbersAsItsCountsDoWhenHalvesRotateAndItIsRestored() {
        RecentTail tail = new RecentTail(SHARE, 0);
        int buckets = LogHistogram.LENGTH;
        for (int i = 1; i <= 30_000; i++) {
            tail.learn(Math.exp(random.nextGaussian()));
            if (i % 499 == 0) {
                double[] stored = new double[RecentTail.LENGTH];
                tail.store(stored, 0);
                int bucket = random.nextInt(buckets);
                double inside = Math.exp(-4 + 0.02 * (bucket + 0.5));
                double below = 0;
                double sum = 0;
                for (int k = 0; k < 2 * buckets; k++) {
                    double count = stored[stored.length - 2 * buckets + k];
                    sum += count;
                    below += k % buckets < bucket ? count : 0;
                }
                assertEquals(below / sum, tail.below(inside), "after " + i);
                assertEquals(below / sum, RecentTail.of(SHARE, 0, stored, 0).below(inside), "restored after " + i);
            }
        }
    }
}
