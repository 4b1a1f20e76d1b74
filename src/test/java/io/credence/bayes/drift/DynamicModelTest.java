package io.credence.bayes.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import java.nio.DoubleBuffer;
import org.junit.jupiter.api.Test;

class DynamicModelTest {
    private static final int SIZE = 4;
    private static final double PRIOR_VARIANCE = 0.1;
    private static final double NOISE = 0.5;

    @Test
    void shouldEqualBatchBayesianRegressionWhenNothingWalks() {
        DynamicModel model = new DynamicModel(SIZE, 0, false);
        Regressors r = new Regressors(1, false);
        CounterRandom noise = CounterRandom.of(71, 0, 0, 0);
        double[] precision = new double[SIZE * SIZE];
        double[] right = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            precision[i * SIZE + i] = 1 / PRIOR_VARIANCE;
        }
        for (int t = 0; t < 200; t++) {
            double output = noise.gaussian();
            double y = output;
            for (int i = 0; i < SIZE; i++) {
                r.mean[i] = i == 0 ? 1 : noise.gaussian();
                y += 0.2 * (i - 1) * r.mean[i];
            }
            y += Math.sqrt(NOISE) * clip(noise.gaussian());
            model.predictReal(r, output, NOISE);
            model.learnReal(r, y, 0);
            for (int i = 0; i < SIZE; i++) {
                right[i] += r.mean[i] * (y - output) / NOISE;
                for (int j = 0; j < SIZE; j++) {
                    precision[i * SIZE + j] += r.mean[i] * r.mean[j] / NOISE;
                }
            }
        }
        double[] stored = stored(SIZE, model);
        Cholesky.solve(precision, right);
        for (int i = 0; i < SIZE; i++) {
            assertEquals(right[i], stored[i], 1e-8, "coefficient " + i);
            double[] column = new double[SIZE];
            column[i] = 1;
            Cholesky.solve(precision, column);
            for (int j = 0; j < SIZE; j++) {
                assertEquals(column[j], stored[SIZE + j * SIZE + i], 1e-8, "covariance " + i + " " + j);
            }
        }
    }

    @Test
    void shouldLearnTheLogVarianceWhenTheNoiseIsNotWhatTheNetworkSays() {
        DynamicModel model = new DynamicModel(0, 0, true);
        Regressors r = new Regressors(1, false);
        CounterRandom noise = CounterRandom.of(72, 0, 0, 0);
        for (int t = 0; t < 4000; t++) {
            r.fill(new float[1], noise.gaussian(), Recent.Last.NOTHING, 1, 0);
            model.predictReal(r, 0, 1);
            model.learnReal(r, 3 * clip(noise.gaussian()), 0);
        }
        r.fill(new float[1], 0, Recent.Last.NOTHING, 1, 0);
        model.predictReal(r, 0, 1);
        assertEquals(9, model.noise, 2);
    }

    @Test
    void shouldKeepAnOpenMindWhenItsCoefficientsWalk() {
        Regressors r = new Regressors(1, false);
        CounterRandom noise = CounterRandom.of(73, 0, 0, 0);
        DynamicModel still = new DynamicModel(3, 0, false);
        DynamicModel walking = new DynamicModel(3, 1e-2, false);
        for (int t = 0; t < 3000; t++) {
            r.fill(new float[1], noise.gaussian(), Recent.Last.NOTHING, 1, 0);
            double y = noise.gaussian();
            for (DynamicModel model : new DynamicModel[] {still, walking}) {
                model.predictReal(r, 0, 1);
                model.learnReal(r, y, 0);
            }
        }
        assertTrue(still.spread < 0.01, "walk 0 becomes certain: " + still.spread);
        assertTrue(walking.spread > 0.05 && walking.spread < 1, "a walk does not: " + walking.spread);
    }

    @Test
    void shouldEqualTheLaplaceApproximationWhenTheLabelIsAClass() {
        DynamicModel model = new DynamicModel(4, 0, false);
        Regressors r = new Regressors(0, true);
        r.mean[0] = 1;
        r.mean[1] = 2;
        model.predictBinary(r, 0.3, 0.5);
        double spread = PRIOR_VARIANCE * 5;
        assertEquals(spread, model.spread, 1e-12);
        model.learnBinary(1);
        double[] stored = stored(4, model);
        /* The mode along h solves u = y − σ(f + Q·u); brute force by bisection. */
        double low = -1;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double u = (low + high) / 2;
            if (1 - 1 / (1 + Math.exp(-0.3 - spread * u)) > u) {
                low = u;
            } else {
                high = u;
            }
        }
        assertEquals(PRIOR_VARIANCE * low, stored[0], 1e-9);
        assertEquals(2 * PRIOR_VARIANCE * low, stored[1], 1e-9);
        double p = 1 / (1 + Math.exp(-0.3 - spread * low));
        double variance = PRIOR_VARIANCE - PRIOR_VARIANCE * PRIOR_VARIANCE / (spread + 1 / (p * (1 - p)));
        assertEquals(variance, stored[4], 1e-9);
    }

    private static double[] stored(int size, DynamicModel model) {
        DoubleBuffer out = DoubleBuffer.allocate(DynamicModel.length(size));
        model.store(out);
        return out.array();
    }

    private static double clip(double z) {
        return Regressors.clip(z, 3);
    }
}
