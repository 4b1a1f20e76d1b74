package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.9, 0.95, 0.99, 0.999);

    /** Tail probabilities from tables of the t distribution. */
    @ParameterizedTest
    @CsvSource({
        "2, 4.302653, 0.025",
        "4, 2.776445, 0.025",
        "4, 7.173182, 0.001",
        "8, 3.355387, 0.005",
        "16, 1.745884, 0.05",
        "64, 1.997730, 0.025",
        "4, -2.776445, 0.975",
        "8, 0, 0.5"
    })
    void shouldHaveTheTailsOfTheTablesWhenDegreesOfFreedomAreEven(int freedom, double t, double probability) {
        assertEquals(probability, new StudentT(freedom).tail(t), 1e-6);
    }

    @Test
    void shouldIntegrateToOneWhenItsDensityIsSummed() {
        Calibration calibration = learned(500, t -> 1.5);
        double sum = 0;
        double step = 1e-3;
        for (double z = -400; z < 400; z += step) {
            sum += step * Math.exp(calibration.logDensity(z));
        }
        assertEquals(1, sum, 1e-3);
    }

    @ParameterizedTest
    @CsvSource({"1", "0.5", "3"})
    void shouldFindTheScaleOfTheErrorsWhenTheyAreNormal(double deviation) {
        Calibration calibration = learned(20_000, t -> deviation);
        double z = 0.7;
        double truth = -0.5 * Math.log(2 * Math.PI) - Math.log(deviation) - 0.5 * z * z / deviation / deviation;
        assertEquals(truth, calibration.logDensity(z), 0.06);
        Interval ninetyFive = calibration.intervals(List.of(0.95)).get(0);
        assertEquals(1.96 * deviation, ninetyFive.rawUpper(), 0.12 * deviation);
    }

    /** The long-run share of misses is what it should be whatever comes: that is the point of the method. */
    @Test
    void shouldCoverWhatItSaysWhenErrorsChangeTheirScaleAndLean() {
        CounterRandom noise = CounterRandom.of(91, 0, 0, 0);
        Calibration calibration = Calibration.NONE;
        int n = 40_000;
        int[] covered = new int[LEVELS.size()];
        for (int t = 0; t < n; t++) {
            double g = noise.gaussian();
            double scale = t % 5000 < 2500 ? 1 : 2.5;
            double z = scale * (g + 0.3 * (g * g - 1));
            List<Interval> intervals = calibration.intervals(LEVELS);
            for (int i = 0; i < covered.length; i++) {
                covered[i] += intervals.get(i).covers(z) ? 1 : 0;
            }
            calibration = calibration.next(z, calibration);
        }
        for (int i = 0; i < covered.length; i++) {
            assertEquals(LEVELS.get(i), covered[i] / (double) n, 0.003, "level " + LEVELS.get(i));
        }
    }

    @Test
    void shouldNestItsIntervalsWhenErrorsAreWild() {
        Calibration calibration = Calibration.NONE;
        CounterRandom noise = CounterRandom.of(92, 0, 0, 0);
        for (int t = 0; t < 3000; t++) {
            calibration = calibration.next(Math.pow(noise.gaussian(), 5) * (t % 100 == 0 ? 1e9 : 1), calibration);
            List<Interval> intervals = calibration.intervals(LEVELS);
            for (int i = 1; i < intervals.size(); i++) {
                assertTrue(intervals.get(i).lower() <= intervals.get(i - 1).lower(), intervals.toString());
                assertTrue(intervals.get(i).upper() >= intervals.get(i - 1).upper(), intervals.toString());
                assertTrue(Double.isFinite(intervals.get(i).upper()), intervals.toString());
            }
        }
    }

    /** With the density of a normal, an error of 10⁵ deviations costs 5·10⁹ nats. */
    @Test
    void shouldNotDecideAStreamWhenTheScaleIsNotKnownYet() {
        assertTrue(Calibration.NONE.logDensity(1e5) > -45, "nats: " + Calibration.NONE.logDensity(1e5));
    }

    @Test
    void shouldGoOnInTheSameBitsWhenStoredAndLoaded() {
        Calibration calibration = learned(300, t -> 2);
        Calibration loaded = Calibration.of(calibration.toArray());
        assertEquals(calibration, loaded);
        assertArrayEquals(
                calibration.next(0.3, calibration).toArray(),
                loaded.next(0.3, loaded).toArray());
    }

    private static Calibration learned(int events, IntToDoubleFunction deviation) {
        CounterRandom noise = CounterRandom.of(90, 0, 0, 0);
        Calibration calibration = Calibration.NONE;
        for (int t = 0; t < events; t++) {
            calibration = calibration.next(deviation.applyAsDouble(t) * noise.gaussian(), calibration);
        }
        return calibration;
    }
}
