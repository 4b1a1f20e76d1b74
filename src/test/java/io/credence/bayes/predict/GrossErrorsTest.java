package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong labels beside errors that are merely far. */
class GrossErrorsTest {
    private static final int N = 20_000;
    private static final double WRONG = 200;

    /** The share of right and of all errors that the 95 % interval covered, and what was believed at last. */
    private record Covered(double right, double all, GrossErrors believed) {}

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.05, 0.1})
    void shouldCoverTheRightLabelsWhenSomeAreWrong(double share) {
        Covered covered = run(share, CounterRandom::gaussian);
        assertEquals(0.95, covered.right(), 0.015);
        assertEquals(share, covered.believed().leftOut(), 0.4 * share);
    }

    /** Errors with as many far ones, but no gap before them, are the noise of the stream. */
    @Test
    void shouldCoverAllLabelsWhenTailsAreHeavy() {
        assertCoversAll(noise -> t(noise, 2));
        assertCoversAll(noise -> t(noise, 3));
        assertCoversAll(noise -> Math.signum(noise.uniform() - 0.5) * Math.log(1 - noise.uniform()));
        assertCoversAll(noise -> Math.exp(1.2 * noise.gaussian()) - 2);
        assertCoversAll(noise -> (noise.uniform() < 0.1 ? 5 : 1) * noise.gaussian());
    }

    private static void assertCoversAll(ToDoubleFunction<CounterRandom> error) {
        Covered covered = run(0, error);
        assertEquals(0.95, covered.all(), 0.005);
        assertTrue(covered.believed().leftOut() < 0.01, covered.believed().toString());
    }

    @Test
    void shouldCoverAllLabelsWhenFarOnesComeInBursts() {
        double[] left = {0};
        Covered covered = run(0, noise -> {
            left[0] = left[0] > 0 ? left[0] - 1 : noise.uniform() < 0.005 ? 20 : 0;
            return noise.gaussian() + (left[0] > 0 ? 50 : 0);
        });
        assertEquals(0.95, covered.all(), 0.01);
    }

    @Test
    void shouldGiveAllProbabilityOutWhenSomeLabelsAreWrong() {
        Calibration calibration = Calibration.NONE;
        CounterRandom noise = CounterRandom.of(95, 0, 0, 0);
        for (int t = 0; t < 2_000; t++) {
            double z = noise.uniform() < 0.05 ? WRONG * (noise.uniform() - 0.5) : noise.gaussian();
            calibration = calibration.next(z, calibration);
        }
        assertEquals(1, calibration.probability(-1e7, 0) + calibration.probability(0, 1e7), 1e-6);
        double sum = 0;
        for (int i = -400_000; i < 400_000; i++) {
            sum += Math.exp(calibration.logDensity(i / 100.0)) / 100;
        }
        assertEquals(calibration.probability(-4_000, 4_000), sum, 1e-3);
    }

    private static Covered run(double share, ToDoubleFunction<CounterRandom> error) {
        CounterRandom noise = CounterRandom.of(94, 0, 0, 0);
        CounterRandom spoilt = CounterRandom.of(94, 1, 0, 0);
        Calibration calibration = Calibration.NONE;
        int right = 0;
        int covered = 0;
        int all = 0;
        for (int t = 0; t < N; t++) {
            boolean wrong = spoilt.uniform() < share;
            double z = wrong ? WRONG * (spoilt.uniform() - 0.5) : error.applyAsDouble(noise);
            boolean inside = calibration.intervals(List.of(0.95)).get(0).covers(z);
            all += inside ? 1 : 0;
            right += wrong ? 0 : 1;
            covered += inside && !wrong ? 1 : 0;
            calibration = calibration.next(z, calibration);
        }
        double[] stored = calibration.toArray();
        int at = stored.length - GrossErrors.LENGTH;
        return new Covered(
                covered / (double) right,
                all / (double) N,
                GrossErrors.load(DoubleBuffer.wrap(stored, at, GrossErrors.LENGTH)));
    }

    private static double t(CounterRandom noise, int freedom) {
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            squares += Math.pow(noise.gaussian(), 2);
        }
        return noise.gaussian() / Math.sqrt(squares / freedom);
    }
}
