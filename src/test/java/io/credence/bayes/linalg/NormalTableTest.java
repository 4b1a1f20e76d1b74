package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Stretches depend on their key alone; over all of them every number is standard normal. */
class NormalTableTest {
    private static final int SIZE = NormalTable.SIZE;

    @Test
    void shouldGiveTheSameNumbersWhenTheKeyIsTheSame() {
        assertArrayEquals(filled(5, 1000), filled(5, 1000), 0f);
        assertNotEquals(filled(5, 1)[0], filled(6, 1)[0]);
    }

    @Test
    void shouldLeaveTheRestAloneWhenAskedForLess() {
        float[] out = new float[10];
        NormalTable.fill(key(1), out, 4);
        assertNotEquals(0f, out[3]);
        assertArrayEquals(new float[6], Arrays.copyOfRange(out, 4, 10), 0f);
    }

    @Test
    void shouldHaveMeanZeroAndVarianceOneWhenAllPlacesAreCounted() {
        double[] moments = moments(filled(2, SIZE));
        assertEquals(0, moments[0], 1e-9, "mean");
        assertEquals(1, moments[1], 1e-6, "variance");
        assertEquals(0, moments[2], 1e-9, "skewness");
        assertEquals(3, moments[3], 5 * Math.sqrt(96.0 / SIZE * 2), "kurtosis");
    }

    @Test
    void shouldGoOnWithAnotherStretchWhenMoreIsAskedThanTheTableHolds() {
        float[] twice = filled(3, 2 * SIZE);
        assertEquals(0, moments(twice)[0], 1e-9);
        assertNotEquals(twice[0], twice[SIZE]);
    }

    @Test
    void shouldFollowTheNormalDistributionWhenSorted() {
        float[] sorted = filled(4, SIZE);
        Arrays.sort(sorted);
        double[] quantiles = {0.5, 0.8413447, 0.9772499, 0.9986501};
        for (int z = 0; z < quantiles.length; z++) {
            double p = quantiles[z];
            double density = Math.exp(-z * z / 2.0) / Math.sqrt(2 * Math.PI);
            double error = Math.sqrt(p * (1 - p) / (SIZE / 2.0)) / density;
            assertEquals(z, sorted[(int) (p * SIZE)], 5 * error);
        }
    }

    @Test
    void shouldBeUncorrelatedWhenNumbersOfAStretchAreNeighbours() {
        float[] all = filled(7, SIZE);
        for (int lag : new int[] {1, 2, 63, 64, 65, 1024}) {
            double sum = 0;
            for (int i = 0; i < SIZE; i++) {
                sum += (double) all[i] * all[(i + lag) % SIZE] / SIZE;
            }
            assertEquals(0, sum, 5 / Math.sqrt(SIZE / 2.0), "lag " + lag);
        }
    }

    private static double[] moments(float[] values) {
        double[] sums = new double[4];
        for (float x : values) {
            for (int p = 0; p < 4; p++) {
                sums[p] += Math.pow(x, p + 1) / values.length;
            }
        }
        return sums;
    }

    private static float[] filled(long step, int n) {
        float[] out = new float[n];
        NormalTable.fill(key(step), out, n);
        return out;
    }

    private static CounterRandom key(long step) {
        return CounterRandom.of(8, 0, step, 0);
    }
}
