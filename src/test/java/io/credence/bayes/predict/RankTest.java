package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rank of a label is the integral of the density up to it. */
final class RankTest {
    private static final double STEP = 1e-3;

    @ParameterizedTest
    @ValueSource(doubles = {-4, -0.5, 0, 0.3, 2.5})
    void shouldBeTheIntegralOfTheDensityWhenTheLabelIsReal(double z) {
        for (Calibration calibration : new Calibration[] {null, lean()}) {
            RealPrediction prediction = new RealPrediction(3, 1.5, 2.5, -1, 7, List.of(), calibration, Flags.NONE);
            double label = 3 + 2 * z;
            double sum = 0;
            for (double y = label - STEP / 2; y > -4_000; y -= STEP) {
                sum += STEP * Math.exp(prediction.logLikelihood(y));
            }
            assertEquals(sum, prediction.rank(label, 0.5), 1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 15})
    void shouldBeTheMassBelowAndAPartOfItsOwnWhenTheLabelIsACount(int label) {
        CountPrediction prediction = new CountPrediction(5, 2, 5, 0, 12);
        double below = 0;
        for (int k = 0; k < label; k++) {
            below += Math.exp(prediction.logLikelihood(k));
        }
        for (double u : new double[] {0.1, 0.5, 0.9}) {
            assertEquals(below + u * Math.exp(prediction.logLikelihood(label)), prediction.rank(label, u), 1e-6);
        }
    }

    @Test
    void shouldRiseToOneWhenCountsHaveHeavyTails() {
        CountPrediction prediction = new CountPrediction(5, 2, 5, 0, 12, List.of(), lean(), Flags.NONE);
        double before = 0;
        for (int label = 0; label < 200; label++) {
            double rank = prediction.rank(label, 0.5);
            assertTrue(rank >= before && rank <= 1, label + ": " + rank);
            before = rank;
        }
        assertEquals(1, before, 1e-3);
    }

    /** Of errors with heavy tails. */
    private static Calibration lean() {
        SplittableRandom random = new SplittableRandom(5);
        Calibration calibration = Calibration.NONE;
        for (int i = 0; i < 2_000; i++) {
            calibration = calibration.next(random.nextGaussian() / Math.sqrt(random.nextDouble() + 0.05), calibration);
        }
        return calibration;
    }
}
