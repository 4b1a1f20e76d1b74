package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Moments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispersionTest {
    private static final int N = 8_000;

    private static Moments rate(double m, double epistemic) {
        return new Moments(0, 0, m, epistemic, 0, new double[0], 0);
    }

    private static Standardisation units(double mean) {
        Standardisation units = Standardisation.create(
                SpecBuilder.of(LikelihoodKind.NEGATIVE_BINOMIAL, 1).build().shape());
        for (int i = 0; i < 200; i++) {
            units.learn(new FeatureVector(new float[1]), mean * (i % 2 == 0 ? 0.5 : 1.5));
        }
        return units;
    }

    /** A count with mean m and variance φm + αm², of normal form. */
    private static double count(double m, double phi, double alpha, CounterRandom random) {
        return Math.rint(m + Math.sqrt(phi * m + alpha * m * m) * random.gaussian());
    }

    @ParameterizedTest
    @CsvSource({"1, 0.05", "1, 1e-9", "3, 0.2", "0.5, 0.001", "8, 0.0004"})
    void shouldFindBothPartsOfTheVarianceWhenRatesDiffer(double phi, double alpha) {
        for (double mean : new double[] {200, 20_000}) {
            CounterRandom random = CounterRandom.of(4, 0, 0, 0);
            Dispersion dispersion = new Dispersion();
            Standardisation units = units(mean);
            for (int i = 0; i < N; i++) {
                double m = mean * Math.exp(1.5 * random.gaussian() - 1);
                dispersion.learn(rate(m, 0), count(m, phi, alpha, random), i, units);
            }
            for (double m : new double[] {0.3 * mean, mean, 3 * mean}) {
                double found = dispersion.phi() * m + dispersion.alpha() * m * m;
                assertEquals(1, found / (phi * m + alpha * m * m), 0.3, "variance at " + m);
            }
        }
    }

    @Test
    void shouldLeaveOutWhatIsUncertainOfTheRateWhenItLearns() {
        CounterRandom random = CounterRandom.of(5, 0, 0, 0);
        Dispersion dispersion = new Dispersion();
        Standardisation units = units(1_000);
        for (int i = 0; i < N; i++) {
            double m = 1_000 + 40 * random.gaussian();
            dispersion.learn(rate(1_000, 1_600), count(m, 1, 0, random), i, units);
        }
        double found = dispersion.phi() * 1_000 + dispersion.alpha() * 1e6;
        assertEquals(1_000, found, 200);
    }

    @Test
    void shouldHardlyMoveWhenOneCountIsWrong() {
        CounterRandom random = CounterRandom.of(6, 0, 0, 0);
        Dispersion dispersion = new Dispersion();
        Standardisation units = units(50);
        for (int i = 0; i < 2_000; i++) {
            dispersion.learn(rate(50, 0), count(50, 1, 0.1, random), i, units);
        }
        double before = dispersion.phi() * 50 + dispersion.alpha() * 2_500;
        dispersion.learn(rate(50, 0), 1e9, 2_000, units);
        assertEquals(before, dispersion.phi() * 50 + dispersion.alpha() * 2_500, 1e-9);
    }

    @Test
    void shouldFollowWhenTheVarianceChanges() {
        CounterRandom random = CounterRandom.of(7, 0, 0, 0);
        Dispersion dispersion = new Dispersion();
        Standardisation units = units(500);
        for (int i = 0; i < 18_000; i++) {
            double m = 500 * Math.exp(0.5 * random.gaussian());
            double alpha = i < 4_000 ? 1e-4 : i < 8_000 ? 0.3 : 0.01;
            dispersion.learn(rate(m, 0), count(m, 1, alpha, random), i, units);
        }
        assertEquals(1, (dispersion.phi() * 500 + dispersion.alpha() * 250_000) / (500 + 0.01 * 250_000), 0.3);
    }

    @Test
    void shouldBeWhatItWasWhenStoredAndLoaded() {
        Dispersion dispersion = new Dispersion();
        Standardisation units = units(5);
        for (int i = 0; i < 100; i++) {
            dispersion.learn(rate(5, 1), i % 11, i, units);
        }
        double[] stored = dispersion.toArray();
        assertArrayEquals(stored, new Dispersion(stored).toArray());
        assertTrue(stored.length == Dispersion.LENGTH);
    }
}
