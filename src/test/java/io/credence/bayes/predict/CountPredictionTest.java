package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.network.LogGamma;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountPredictionTest {
    private static final double NORMAL_975 = 1.959963985;

    @ParameterizedTest
    @CsvSource({"0.02, 0.001", "0.5, 0", "0.5, 2", "7, 0.3", "7, 49", "300, 20", "300, 9000", "1e-9, 1e-20"})
    void shouldBeADistributionWithItsStatedMomentsWhenSummed(double mean, double epistemic) {
        CountPrediction p = CountPrediction.of(mean, epistemic, 0.9, List.of());
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int k = 0; k < 20_000; k++) {
            double mass = Math.exp(p.logLikelihood(k));
            sum += mass;
            first += k * mass;
            second += (double) k * k * mass;
        }
        assertEquals(1, sum, 1e-8);
        assertEquals(mean, first, 1e-6 * mean);
        assertEquals(mean + epistemic, second - first * first, 1e-4 * (mean + epistemic));
        assertEquals(p.variance(), mean + epistemic, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.9", "0.5, 0.5", "7, 0.95", "300, 0.9"})
    void shouldCoverAsMuchAsItSaysWhenTheIntervalIsSummed(double mean, double interval) {
        CountPrediction p = CountPrediction.of(mean, mean, interval, List.of());
        double inside = 0;
        double below = 0;
        for (int k = 0; k <= p.upper(); k++) {
            double mass = Math.exp(p.logLikelihood(k));
            inside += k >= p.lower() ? mass : 0;
            below += k < p.lower() ? mass : 0;
        }
        assertTrue(inside >= interval, "covers " + inside);
        assertTrue(below < (1 - interval) / 2, "leaves out below " + below);
        double last = Math.exp(p.logLikelihood(p.upper()));
        assertTrue(1 - inside - below + last > (1 - interval) / 2 - 1e-9, "the upper end is not the smallest one");
    }

    @ParameterizedTest
    @CsvSource({"1e-3, 1e-2", "1e-6, 1e-5", "1e-8, 1e-5", "2e-9, 1e-4", "1e-10, 1e-6"})
    void shouldApproachThePoissonWhenTheRateIsCertain(double relative, double tolerance) {
        double mean = 12;
        CountPrediction p = CountPrediction.of(mean, relative * mean * mean, 0.9, List.of());
        for (int k = 0; k < 40; k++) {
            double poisson = k * Math.log(mean) - mean - LogGamma.of(k + 1);
            assertEquals(poisson, p.logLikelihood(k), tolerance * 100 * (1 + Math.abs(poisson)), "at " + k);
        }
    }

    @Test
    void shouldStayInOrderWhenRatesAreExtreme() {
        for (double mean : new double[] {2e-9, 1e-3, 1e4, 9e4, 4.8e8}) {
            for (double relative : new double[] {0, 1e-6, 1, 1e6}) {
                CountPrediction p = CountPrediction.of(mean, relative * mean * mean, 0.95, List.of());
                assertTrue(0 <= p.lower() && p.lower() <= p.upper(), p.toString());
                assertTrue(Double.isFinite(p.logLikelihood(0)) && Double.isFinite(p.logLikelihood(1e9)), p.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4e8, 0", "2e6, 4e8"})
    void shouldHaveTheIntervalOfTheNormalFormWhenCountsAreTooManyToBeSummed(double mean, double epistemic) {
        CountPrediction p = CountPrediction.of(mean, epistemic, 0.95, List.of());
        double half = NORMAL_975 * Math.sqrt(mean + epistemic);
        assertEquals(mean - half, p.lower(), 0.51);
        assertEquals(mean + half, p.upper(), 0.51);
        assertEquals(Math.rint(p.lower()), p.lower(), "a whole number");
    }

    /** Cornish and Fisher (1938): the first term beyond the normal form, by the third central moment. */
    @ParameterizedTest
    @CsvSource({"2e5, 4e6", "99000, 4e4"})
    void shouldLeanAsTheDistributionDoesWhenCountsAreSummed(double mean, double epistemic) {
        CountPrediction p = CountPrediction.of(mean, epistemic, 0.95, List.of());
        double variance = mean + epistemic;
        double third = mean + 3 * epistemic + 2 * epistemic * epistemic / mean;
        double lean = (NORMAL_975 * NORMAL_975 - 1) / 6 * third / variance;
        double half = NORMAL_975 * Math.sqrt(variance);
        assertEquals(mean - half + lean, p.lower(), 1);
        assertEquals(mean + half + lean, p.upper(), 1);
    }
}
