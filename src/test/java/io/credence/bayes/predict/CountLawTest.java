package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is direct summation of the probabilities, which {@link CountPredictionTest} shows to be right. */
class CountLawTest {
    private static final double[] FAR = {
        -10, -8, -7.2, -6.5, -5, -3.3, -1.96, -1, -0.2, 0, 0.7, 1.645, 2.6, 3.3, 5, 6.5, 7.2, 8, 10
    };
    private static final double[] Z = {-3.3, -1.96, -1, -0.2, 0, 0.7, 1.645, 2.6, 3.5};

    @ParameterizedTest
    @CsvSource({"0.05, 0.05", "0.05, 0.2", "4, 4", "4, 40", "150, 150", "150, 20000", "5000, 5000", "20000, 60000"})
    void shouldAgreeWithTheSumWhenCumulated(double mean, double variance) {
        CountLaw law = new CountLaw(mean, variance);
        int end = (int) (mean + 15 * Math.sqrt(variance) + 20);
        double sum = 0;
        double[] quantiles = new double[Z.length];
        int found = 0;
        for (int k = 0; k < end; k++) {
            double before = sum;
            double mass = Math.exp(law.logMass(k));
            sum += mass;
            assertEquals(sum, law.cumulative(k), 1e-9, "at " + k);
            double z = law.score(k, 0.3);
            if (Math.abs(z) < 6) {
                assertEquals(before + 0.3 * mass, 1 - Normal.above(z), 1e-8, "score at " + k);
            }
            double[] scores = law.scores(k);
            if (k > 0 && Math.abs(scores[0]) < 6 && Math.abs(scores[1]) < 6) {
                assertEquals(before, 1 - Normal.above(scores[0]), 1e-8, "score below " + k);
                assertEquals(sum, 1 - Normal.above(scores[1]), 1e-8, "score of " + k);
            }
            while (found < Z.length && sum >= 1 - Normal.above(Z[found])) {
                quantiles[found++] = k;
            }
        }
        assertArrayEquals(quantiles, law.quantiles(Z), 0);
    }

    @ParameterizedTest
    @CsvSource({"70000, 70000", "100000, 1e8", "5000, 2.5e5", "5000, 2.5e7", "3000, 4e7", "400, 1e5"})
    void shouldAgreeWithTheSumWhenCountsAreManyEnoughToBeSmooth(double mean, double variance) {
        CountLaw law = new CountLaw(mean, variance);
        double sum = 0;
        double term = Math.exp(law.logMass(0));
        double[] quantiles = new double[Z.length];
        int found = 0;
        boolean vanishes = term < 1e-300;
        double from = vanishes ? Math.max(0, Math.floor(mean - 12 * Math.sqrt(variance))) : 0;
        term = Math.exp(law.logMass(from));
        for (double k = from; found < Z.length; k++) {
            sum += term;
            if (k % 997 == 0) {
                assertEquals(sum, law.cumulative(k), 3e-3, "at " + k);
            }
            while (found < Z.length && sum >= 1 - Normal.above(Z[found])) {
                quantiles[found++] = k;
            }
            term *= law.ratio(k);
        }
        double[] smooth = law.quantiles(Z);
        for (int i = 0; i < Z.length; i++) {
            assertEquals(quantiles[i], smooth[i], 0.01 * Math.sqrt(variance) + 0.003 * quantiles[i], "at " + Z[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 5, 50, 300, 5_000, 20_000, 60_000, 70_000, 1e6})
    void shouldHaveTheQuantilesOfTheSumWhenNearlyPoissonAndWhenNot(double mean) {
        for (double alpha : new double[] {0, 1e-12, 1e-10, 2e-9, 1e-8, 1e-6, 1e-4, 0.01, 1, 100}) {
            double variance = mean + alpha * mean * mean;
            if (alpha * mean > 20_000) {
                continue;
            }
            SummedCounts sum = new SummedCounts(mean, variance);
            CountLaw law = new CountLaw(mean, variance);
            double[] found = law.quantiles(FAR);
            for (int i = 0; i < FAR.length; i++) {
                double exact = sum.quantile(FAR[i]);
                String what = "alpha " + alpha + " at " + FAR[i];
                assertEquals(exact, found[i], law.smooth() ? 1e-5 * exact + 0.5 : 0, what);
                double tail = sum.tail(exact, FAR[i] >= 0);
                double told = FAR[i] >= 0 ? -law.scores(exact)[1] : law.scores(exact)[1];
                assertEquals(tail, Normal.above(-told), (law.smooth() ? 2e-2 : 1e-6) * tail, what);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 100100", "150, 75150", "1000, 2001000"})
    void shouldTakeZeroForUsualWhenMostCountsAreZero(double mean, double variance) {
        CountLaw law = new CountLaw(mean, variance);
        for (double u : new double[] {1e-3, 0.1, 0.999}) {
            assertTrue(Math.abs(law.score(0, u)) < 6, "score " + law.score(0, u) + " at u = " + u);
        }
    }

    @Test
    void shouldKeepItsOrderWhenTailsAreThin() {
        for (double variance : new double[] {90, 900, 90_000}) {
            CountLaw law = new CountLaw(90, variance);
            double last = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < 2_000; k += 7) {
                double z = law.score(k, 0.5);
                assertTrue(z >= last && Math.abs(z) <= 37, "score " + z + " at " + k);
                last = z;
            }
        }
    }

    @Test
    void shouldHaveTheTailOfAWaitingTimeWhenTheShapeOfAGammaIsWhole() {
        for (int shape : new int[] {1, 2, 7, 40, 500}) {
            IncompleteGamma gamma = new IncompleteGamma(shape);
            for (double x : new double[] {0.1, 1, shape * 0.8, shape, shape * 1.3, 2.0 * shape + 4}) {
                double term = Math.exp(-x);
                double sum = term;
                for (int i = 1; i < shape; i++) {
                    term *= x / i;
                    sum += term;
                }
                assertEquals(sum, gamma.above(x), shape < 400 ? 1e-10 : 1e-5, shape + " at " + x);
                if (sum > 1e-9 && sum < 1 - 1e-9) {
                    assertEquals(
                            x,
                            gamma.quantile(-Quantiles.normal(sum)),
                            shape < 400 ? 1e-5 * x : 1e-3 * x,
                            shape + " at " + x);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.15865525393145707",
        "-1.96, 0.9750021048517795",
        "3, 0.0013498980316300933",
        "7, 1.279812543885835e-12",
        "8, 6.22096057427178e-16",
        "20, 2.753624118606233e-89"
    })
    void shouldGiveTabulatedTailsWhenNormal(double z, double above) {
        assertEquals(above, Normal.above(z), 1e-8 * above);
        if (above < 0.9) {
            assertEquals(-z, Quantiles.normal(above), 1e-6 * (1 + Math.abs(z)));
        }
    }
}
