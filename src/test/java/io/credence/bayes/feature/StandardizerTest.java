package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardizerTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1e6, 1", "-3e-20, 1e-22", "1e30, 1e28"})
    void shouldEqualTheTwoPassFormulaWhenValuesStream(double mean, double deviation) {
        CounterRandom noise = CounterRandom.of(90, 0, 0, 0);
        int n = 2000;
        double[] values = new double[n];
        RunningMoments moments = new RunningMoments(2);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            values[i] = mean + deviation * noise.gaussian();
            sum += values[i];
            moments.add(1, values[i]);
            moments.add(1, Double.NaN);
        }
        double squares = 0;
        for (double v : values) {
            squares += (v - sum / n) * (v - sum / n);
        }
        assertEquals(sum / n, moments.mean(1), 1e-9 * deviation + 1e-15 * Math.abs(mean));
        assertEquals(Math.sqrt(squares / n), moments.deviation(1), 1e-9 * deviation);
        assertEquals(0, moments.deviation(0));
        assertArrayEquals(
                moments.toArray(), RunningMoments.of(moments.toArray()).toArray());
    }

    @Test
    void shouldLieTwoDeviationsOutAtMostWhenAColumnOfTwoValuesTakesItsOtherOne() {
        for (double[] values : new double[][] {{0, 1}, {1, 0}, {7, 7.5}}) {
            Standardizer standardizer = new Standardizer(new boolean[] {true});
            learn(standardizer, values[0], 5_000);
            assertEquals(0, apply(standardizer, (float) values[1]), "it never varied");
            learn(standardizer, values[1], 3);
            assertEquals(2 * Math.signum(values[1] - values[0]), apply(standardizer, (float) values[1]), 1e-6);
            assertEquals(0, apply(standardizer, (float) values[0]), 0.1);
            assertTrue(
                    Math.abs(apply(standardizer, (float) (9 * values[1] - 8 * values[0]))) > 5,
                    "no level of the column");
            learn(standardizer, values[1], 4_996);
            assertEquals(
                    Math.signum(values[1] - values[0]),
                    apply(standardizer, (float) values[1]),
                    0.01,
                    "as often as not");
        }
    }

    @Test
    void shouldTakeZeroForFarWhenItIsNoLevelOfTheColumn() {
        Standardizer standardizer = new Standardizer(new boolean[] {true});
        for (int i = 0; i < 1_000; i++) {
            learn(standardizer, 100 + i % 7, 1);
        }
        assertTrue(apply(standardizer, 0) < -5);
        learn(standardizer, 0, 1);
        assertTrue(standardizer.moments().mean(0) > 102.9, "one value far out counts for nothing");
    }

    private static void learn(Standardizer standardizer, double value, int times) {
        for (int i = 0; i < times; i++) {
            standardizer.learn(new FeatureVector(new double[] {value}));
        }
    }

    @Test
    void shouldBeContinuousAndMonotoneWhenValuesLieFarOut() {
        Standardizer standardizer = learned();
        double last = Double.NEGATIVE_INFINITY;
        for (double z = -40; z <= 40; z += 1e-3) {
            double out = apply(standardizer, (float) (3 + 2 * z));
            assertTrue(out > last, "not monotone at " + z);
            assertTrue(last == Double.NEGATIVE_INFINITY || out - last < 2e-3, "a jump at " + z);
            last = out;
        }
        assertEquals(-apply(standardizer, 3 - 200), apply(standardizer, 3 + 200), 1e-4, "odd");
    }

    @Test
    void shouldBeLinearInsideAndLogarithmicBeyondFiveDeviations() {
        Standardizer standardizer = learned();
        assertEquals(4.9, apply(standardizer, 3 + 2 * 4.9f), 1e-5);
        assertEquals(5 * (1 + Math.log(100)), apply(standardizer, 3 + 2 * 500f), 1e-4);
        assertTrue(apply(standardizer, Float.MAX_VALUE) < 1000);
        assertTrue(apply(standardizer, -Float.MAX_VALUE) > -1000);
    }

    @Test
    void shouldBeZeroWhenNothingIsKnownOrTheColumnIsConstant() {
        Standardizer standardizer = new Standardizer(new boolean[] {true});
        assertEquals(0, apply(standardizer, 1e9f));
        for (int i = 0; i < 10; i++) {
            standardizer.learn(new FeatureVector(new float[] {0.1f}));
        }
        assertEquals(0, apply(standardizer, 0.1f));
        assertEquals(0, apply(standardizer, 7));
    }

    @ParameterizedTest
    @CsvSource({"1.7e9, 1", "1e9, 0.01", "1.7e12, 1000", "-1e7, 1e-3", "1e13, 100"})
    void shouldLoseNothingWhenAColumnLiesFarFromZero(double offset, double deviation) {
        Standardizer near = new Standardizer(new boolean[] {true});
        Standardizer far = new Standardizer(new boolean[] {true});
        CounterRandom noise = CounterRandom.of(91, 0, 0, 0);
        for (int i = 0; i < 500; i++) {
            double step = deviation * noise.gaussian();
            near.learn(one(step));
            far.learn(one(offset + step));
            assertEquals(
                    apply(near, step),
                    apply(far, offset + step),
                    50 * Math.ulp(offset) / deviation + 1e-6,
                    "value " + i);
        }
    }

    @Test
    void shouldImputeTheMeanAndLeaveTheRestWhenAColumnIsNotScaled() {
        Standardizer standardizer = new Standardizer(new boolean[] {true, false});
        standardizer.learn(new FeatureVector(new float[] {1, 0}));
        standardizer.learn(new FeatureVector(new float[] {Float.NaN, 1}));
        standardizer.learn(new FeatureVector(new float[] {3, Float.NaN}));
        float[] out = new float[4];
        standardizer.apply(new FeatureVector(new float[] {Float.NaN, Float.NaN}), out, 1);
        assertArrayEquals(new float[] {0, 0, 0.5f, 0}, out);
        standardizer.apply(new FeatureVector(new float[] {3, -8}), out, 1);
        assertArrayEquals(new float[] {0, 1, -8, 0}, out);
    }

    /** Mean 3, deviation 2. */
    private static Standardizer learned() {
        Standardizer standardizer = new Standardizer(new boolean[] {true});
        standardizer.learn(new FeatureVector(new float[] {1}));
        standardizer.learn(new FeatureVector(new float[] {5}));
        return standardizer;
    }

    private static FeatureVector one(double value) {
        return new FeatureVector(new double[] {value});
    }

    private static double apply(Standardizer standardizer, double value) {
        float[] out = new float[1];
        standardizer.apply(one(value), out, 0);
        return out[0];
    }
}
