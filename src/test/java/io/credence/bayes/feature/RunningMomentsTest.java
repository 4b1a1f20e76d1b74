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

    /** As of sensors that write it for a value that they do not have. */
    @ParameterizedTest
    @ValueSource(doubles = {-9999, 1e6, 9.96921e36})
    void shouldLeaveOutAFillValueHoweverOftenItComesWhenTheOthersVary(double fill) {
        double[] values = normal(4_000);
        RunningMoments others = new RunningMoments(1);
        RunningMoments moments = new RunningMoments(1);
        for (int i = 0; i < values.length; i++) {
            others.add(0, values[i]);
            moments.add(0, values[i]);
            if (i >= 40 && i % 40 < 2) {
                moments.add(0, fill);
            }
        }
        assertEquals(others.mean(0), moments.mean(0), 1e-9);
        assertEquals(others.deviation(0), moments.deviation(0), 1e-9);
        assertTrue(moments.level(0, fill), "known for what it is");
    }

    @Test
    void shouldCountALevelWhenAllOthersAreEqual() {
        RunningMoments moments = new RunningMoments(1);
        double ones = 0;
        for (int i = 0; i < 3_000; i++) {
            boolean one = i >= 1_000 && i % 10 < 3;
            ones += one ? 1 : 0;
            moments.add(0, one ? 1 : 0);
        }
        assertEquals(ones / 3_000, moments.mean(0), 1.5 / 3_000, "all but the first");
        assertEquals(Math.sqrt(0.2 * 0.8), moments.deviation(0), 1e-3);
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
