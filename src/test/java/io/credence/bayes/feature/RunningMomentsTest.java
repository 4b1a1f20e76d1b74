package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningMomentsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 11, 29})
    void shouldBeThoseOfTheOthersWhenAnEarlyValueIsFarFromThem(int place) {
        double[] values = normal(30);
        values[place] = 1e6;
        RunningMoments moments = settled(values);
        double[] others = Arrays.stream(values).filter(v -> v < 1e6).toArray();
        double mean = Arrays.stream(others).average().orElseThrow();
        double variance =
                Arrays.stream(others).map(v -> (v - mean) * (v - mean)).sum() / others.length;
        assertEquals(mean, moments.mean(0), 1e-9);
        assertEquals(Math.sqrt(variance), moments.deviation(0), 1e-9);
        assertEquals(others.length, moments.count(0));
    }

    @Test
    void shouldFindThatTheFirstValueWasFarWhenTenAreThere() {
        double[] values = normal(10);
        values[0] = 1e6;
        assertTrue(settled(Arrays.copyOf(values, 9)).deviation(0) > 1e5, "nine are too few to tell");
        assertTrue(settled(values).deviation(0) < 10);
    }

    /** Which of two borderline values are near may change although their number does not. */
    @Test
    void shouldLeaveOutAFarValueWhenAnotherIsTakenBackAtTheSameTime() {
        double[] values = normal(14);
        for (double border = 40; border < 60; border += 0.25) {
            values[11] = border;
            values[12] = 1e6;
            assertTrue(settled(values).mean(0) < 60, "with " + border);
        }
    }

    @Test
    void shouldGuardAgainstFarValuesWithoutAGapWhenSomeOfTheFirstWereFar() {
        double[] values = normal(60);
        for (int far : new int[] {2, 9, 17, 30, 31, 32, 33, 40}) {
            values[far] = 1e6;
        }
        assertTrue(settled(values).deviation(0) < 10);
    }

    @Test
    void shouldKeepAllValuesWhenNoneIsFar() {
        double[] values = normal(30);
        RunningMoments plain = new RunningMoments(1);
        for (double value : values) {
            plain.add(0, value);
        }
        assertEquals(
                Arrays.toString(plain.toArray()),
                Arrays.toString(settled(values).toArray()));
    }

    @Test
    void shouldKeepAllValuesWhenThreeQuartersAreEqual() {
        double[] values = new double[20];
        Arrays.fill(values, 16, 20, 50);
        assertEquals(10, settled(values).mean(0), 1e-9);
        values[12] = 1;
        values[13] = 1;
        values[14] = 1;
        values[15] = 1;
        assertEquals(4 / 16.0, settled(values).mean(0), 1e-9, "three quarters lie within one");
    }

    @Test
    void shouldSkipMissingValuesWhenItSettles() {
        double[] values = normal(30);
        values[4] = Double.NaN;
        values[5] = 1e6;
        assertEquals(28, settled(values).count(0));
    }

    private static RunningMoments settled(double[] values) {
        RunningMoments moments = new RunningMoments(1);
        for (int n = 1; n <= values.length; n++) {
            moments.add(0, values[n - 1]);
            moments.settle(0, Arrays.copyOf(values, n));
        }
        return moments;
    }

    private static double[] normal(int n) {
        Random random = new Random(5);
        return random.doubles(n).map(u -> 20 + 3 * random.nextGaussian()).toArray();
    }
}
