package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is the score's definition: the integral of the squared gap between the two distribution functions. */
final class CrpsTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "0, 1, 1.7", "3, 2, -4", "-1, 0.05, -0.9", "10, 3, 31", "0, 1, -9"})
    void shouldEqualItsIntegralWhenGaussian(double mean, double deviation, double label) {
        DoubleUnaryOperator density = x ->
                Math.exp(-0.5 * (x - mean) * (x - mean) / deviation / deviation) / deviation / Math.sqrt(2 * Math.PI);
        double low = Math.min(label, mean - 12 * deviation);
        double high = Math.max(label, mean + 12 * deviation);
        int steps = 200_000;
        double h = (high - low) / steps;
        double cumulative = 0;
        double integral = 0;
        for (int i = 0; i < steps; i++) {
            double x = low + i * h;
            double next = cumulative
                    + h
                            / 6
                            * (density.applyAsDouble(x)
                                    + 4 * density.applyAsDouble(x + h / 2)
                                    + density.applyAsDouble(x + h));
            double gap = (cumulative + next) / 2 - (x + h / 2 >= label ? 1 : 0);
            integral += h * gap * gap;
            cumulative = next;
        }
        assertEquals(integral, Crps.gaussian(mean, deviation, label), 2 * h);
    }

    @Test
    void shouldBeKnownConstantWhenLabelIsTheMeanOfAStandardGaussian() {
        assertEquals((Math.sqrt(2) - 1) / Math.sqrt(Math.PI), Crps.gaussian(0, 1, 0), 1e-15);
    }

    @Test
    void shouldBeAbsoluteErrorWhenDeviationIsZero() {
        assertEquals(3, Crps.gaussian(2, 0, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.1, 0.1124629160182849",
        "1, 0.8427007929497149",
        "2.4, 0.9993114861033549",
        "2.6, 0.9997639655834707",
        "-3, -0.9999779095030014",
        "7, 1"
    })
    void shouldGiveTabulatedErrorFunctionWhenEvaluated(double x, double expected) {
        assertEquals(expected, Crps.erf(x), 2e-15);
    }

    @Test
    void shouldSumOverCountsWhenPoisson() {
        double p0 = Math.exp(-1.5);
        double[] cumulative = new double[60];
        double term = p0;
        double sum = 0;
        for (int k = 0; k < cumulative.length; k++) {
            sum += term;
            cumulative[k] = sum;
            term *= 1.5 / (k + 1);
        }
        double expected = 0;
        for (int k = 0; k < cumulative.length; k++) {
            double gap = cumulative[k] - (k >= 4 ? 1 : 0);
            expected += gap * gap;
        }
        assertEquals(expected, Crps.count(Predictions.poisson(1.5), 4), 1e-12);
    }

    @Test
    void shouldCountToTheLabelWhenItIsFarAbove() {
        // Beyond the distribution every whole number up to the label costs 1.
        double near = Crps.count(Predictions.poisson(2), 100);
        double far = Crps.count(Predictions.poisson(2), 150);
        assertEquals(50, far - near, 1e-9);
    }

    @Test
    void shouldAgreeWithTheSumWhenLargeCountsAreTakenAsGaussian() {
        double mean = 3_000;
        double summed = Crps.count(Predictions.uncertainRate(mean, 500), 3_020);
        double gaussian = Crps.gaussian(mean, Math.sqrt(mean + 500), 3_020);
        assertEquals(gaussian, summed, 0.01 * gaussian);
    }
}
