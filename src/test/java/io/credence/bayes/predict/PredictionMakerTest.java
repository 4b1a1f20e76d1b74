package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionMakerTest {
    @Test
    void shouldPutTheScaleBackWhenTheTargetWasStandardised() {
        Likelihood likelihood = new Likelihood.Gaussian(0.25);
        Moments m = Moments.of(likelihood, new float[] {1, 2, 3}, 0, 1, 3);
        RealPrediction p = assertInstanceOf(
                RealPrediction.class,
                new PredictionMaker(
                                likelihood,
                                100,
                                10,
                                0.95,
                                List.of(),
                                null,
                                Double.NEGATIVE_INFINITY,
                                Double.POSITIVE_INFINITY)
                        .make(m));
        assertEquals(120, p.mean(), 1e-9);
        assertEquals(100, p.epistemicVariance(), 1e-9);
        assertEquals(25, p.aleatoricVariance(), 1e-9);
        assertEquals(120 - 1.959963985 * Math.sqrt(125), p.lower(), 1e-6);
        assertEquals(120 + 1.959963985 * Math.sqrt(125), p.upper(), 1e-6);
        double z = 20 / Math.sqrt(125);
        assertEquals(-0.5 * Math.log(2 * Math.PI * 125) - z * z / 2, p.logLikelihood(140), 1e-9);
    }

    @Test
    void shouldKeepMeanAndEveryEndWithinTheBoundsAndCoverTheSameLabels() {
        Likelihood likelihood = new Likelihood.Gaussian(0.25);
        List<Double> levels = List.of(0.5, 0.95, 0.99);
        double infinity = Double.POSITIVE_INFINITY;
        PredictionMaker free =
                new PredictionMaker(likelihood, 3, 2, 0.9, levels, Calibration.NONE, -infinity, infinity);
        PredictionMaker bounded = new PredictionMaker(likelihood, 3, 2, 0.9, levels, Calibration.NONE, 0, 5);
        for (double at = -9; at <= 9; at += 0.5) {
            Moments m = new Moments(at, 0, at, 0.25, 0.5, new double[0], 0);
            Prediction expected = free.make(m);
            Prediction p = bounded.make(m);
            assertEquals(Math.max(0, Math.min(5, expected.mean())), p.mean(), 0);
            assertEquals(expected.variance(), p.variance(), 0);
            assertEquals(expected.lower() <= 0, p.covers(0), "of the bound itself, at " + at);
            for (double y = 0.25; y < 5; y += 0.25) {
                assertEquals(expected.covers(y), p.covers(y), "at " + at + " of " + y);
                for (int i = 0; i < levels.size(); i++) {
                    Interval interval = p.intervals().get(i);
                    assertEquals(expected.intervals().get(i).covers(y), interval.covers(y));
                    assertEquals(expected.intervals().get(i).rawCovers(y), interval.rawCovers(y));
                    assertTrue(interval.lower() >= 0 && interval.rawLower() >= 0);
                    assertTrue(interval.upper() <= 5 && interval.rawUpper() <= 5);
                }
                assertTrue(p.logLikelihood(y) >= expected.logLikelihood(y), "no label is less likely for it");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.99})
    void shouldCoverAsMuchAsItSaysWhenLabelsFollowThePrediction(double interval) {
        Likelihood likelihood = new Likelihood.Gaussian(0.5);
        PredictionMaker maker = new PredictionMaker(
                likelihood, 3, 2, interval, List.of(), null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        Moments m = new Moments(0, 0, 0.7, 0.25, 0.5, new double[0], 0);
        RealPrediction p = (RealPrediction) maker.make(m);
        CounterRandom noise = CounterRandom.of(60, 0, 0, 0);
        int n = 40_000;
        int covered = 0;
        for (int i = 0; i < n; i++) {
            double y = p.mean() + p.deviation() * noise.gaussian();
            covered += y >= p.lower() && y <= p.upper() ? 1 : 0;
        }
        assertEquals(interval, (double) covered / n, 5 * Math.sqrt(interval * (1 - interval) / n));
    }

    /** Origin: tables of the normal distribution to ten digits. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.75, 0.6744897502",
        "0.9, 1.2815515655",
        "0.975, 1.9599639845",
        "0.995, 2.5758293035",
        "0.9995, 3.2905267315",
        "0.999999, 4.7534243088",
        "0.025, -1.9599639845",
        "0.02, -2.0537489106"
    })
    void shouldBeTheNormalQuantileWhenTabulated(double p, double z) {
        assertEquals(z, Quantiles.normal(p), 3e-9 * Math.max(1, Math.abs(z)));
    }

    @Test
    void shouldBeBoundedBelowWhenAClassWasImpossible() {
        ClassPrediction p = new ClassPrediction(new double[] {1, 0}, 0, 0, 0, 0, 0);
        assertEquals(0, p.logLikelihood(0), 1e-12);
        assertTrue(p.logLikelihood(1) < -30 && Double.isFinite(p.logLikelihood(1)));
    }
}
