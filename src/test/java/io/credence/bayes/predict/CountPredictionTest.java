package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.LogGamma;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountPredictionTest {
    private static final double NORMAL_975 = 1.959963985;
    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.95);

    private static CountPrediction of(double mean, double epistemic, double level, Calibration calibration) {
        Interval own = calibration == null
                ? Interval.normal(level)
                : calibration.intervals(List.of(level)).get(0);
        List<Interval> further =
                calibration == null ? LEVELS.stream().map(Interval::normal).toList() : calibration.intervals(LEVELS);
        return CountPrediction.of(mean, epistemic, mean, own, further, calibration);
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.001", "0.5, 0", "0.5, 2", "7, 0.3", "7, 49", "300, 20", "300, 9000", "1e-9, 1e-20"})
    void shouldBeADistributionWithItsStatedMomentsWhenSummed(double mean, double epistemic) {
        CountPrediction p = of(mean, epistemic, 0.9, null);
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
        CountPrediction p = of(mean, mean, interval, null);
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
        CountPrediction p = of(mean, relative * mean * mean, 0.9, null);
        for (int k = 0; k < 40; k++) {
            double poisson = k * Math.log(mean) - mean - LogGamma.of(k + 1);
            assertEquals(poisson, p.logLikelihood(k), tolerance * 100 * (1 + Math.abs(poisson)), "at " + k);
        }
    }

    @Test
    void shouldStayInOrderWhenRatesAreExtreme() {
        for (double mean : new double[] {2e-9, 1e-3, 1e4, 9e4, 4.8e8}) {
            for (double relative : new double[] {0, 1e-6, 1, 1e6, 1e15}) {
                CountPrediction p = of(mean, relative * mean * mean, 0.95, Calibration.NONE);
                double last = 0;
                assertTrue(0 <= p.lower() && p.lower() <= p.upper(), p.toString());
                for (Interval interval : p.intervals()) {
                    assertTrue(0 <= interval.lower() && last <= interval.upper(), p.toString());
                    last = interval.upper();
                }
                assertTrue(Double.isFinite(p.logLikelihood(0)) && Double.isFinite(p.logLikelihood(1e9)), p.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.1", "7, 3", "90, 900"})
    void shouldSumToOneWhenCalibrated(double mean, double epistemic) {
        CountPrediction p = of(mean, epistemic, 0.9, heavy());
        double sum = 0;
        for (int k = 0; k < 5_000; k++) {
            sum += Math.exp(p.logLikelihood(k));
        }
        // What a t distribution has beyond the farthest score, 37, is on no count.
        assertEquals(1, sum, 1e-3);
    }

    @Test
    void shouldFindRareCountsLikelierWhenErrorsHaveHadHeavyTails() {
        CountPrediction light = of(20, 5, 0.9, null);
        CountPrediction heavy = of(20, 5, 0.9, heavy());
        assertTrue(heavy.logLikelihood(80) > light.logLikelihood(80) + 5);
        assertTrue(heavy.logLikelihood(1e6) > -60, "costs " + heavy.logLikelihood(1e6));
    }

    @Test
    void shouldHoldTheTransformWhenItLiesWithinTheIntervalOfItsScore() {
        CounterRandom random = CounterRandom.of(3, 0, 0, 0);
        Calibration calibration = Calibration.NONE;
        int n = 4_000;
        int[] inside = new int[LEVELS.size()];
        for (int i = 0; i < n; i++) {
            double rate = 3;
            int y = -1;
            for (double left = rate; left > 0; y++) {
                left += Math.log(random.uniform());
            }
            CountPrediction p = of(rate, 0, 0.9, calibration);
            double z = p.score(y, random.uniform());
            List<Interval> intervals = p.scoreIntervals(LEVELS);
            for (int k = 0; k < LEVELS.size(); k++) {
                inside[k] += intervals.get(k).covers(z) ? 1 : 0;
            }
            calibration = calibration.next(z, calibration);
        }
        for (int k = 0; k < LEVELS.size(); k++) {
            assertEquals(LEVELS.get(k), inside[k] / (double) n, 0.02);
        }
    }

    /** Cornish and Fisher (1938): the first term beyond the normal form, by the third central moment. */
    @ParameterizedTest
    @CsvSource({"2e5, 4e6", "99000, 4e4", "4e8, 0", "2e6, 4e8"})
    void shouldLeanAsTheDistributionDoesWhenCountsAreMany(double mean, double epistemic) {
        CountPrediction p = of(mean, epistemic, 0.95, null);
        double variance = mean + epistemic;
        double third = mean + 3 * epistemic + 2 * epistemic * epistemic / mean;
        double lean = (NORMAL_975 * NORMAL_975 - 1) / 6 * third / variance;
        double half = NORMAL_975 * Math.sqrt(variance);
        assertEquals(mean - half + lean, p.lower(), 2);
        assertEquals(mean + half + lean, p.upper(), 2);
        assertEquals(Math.rint(p.lower()), p.lower(), "a whole number");
    }

    private static Calibration heavy() {
        CounterRandom random = CounterRandom.of(1, 2, 3, 4);
        Calibration calibration = Calibration.NONE;
        for (int i = 0; i < 2_000; i++) {
            double z = random.gaussian() / Math.sqrt(-Math.log(random.uniform()));
            calibration = calibration.next(z, calibration);
        }
        return calibration;
    }
}
