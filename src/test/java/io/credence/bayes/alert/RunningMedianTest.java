package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningMedianTest {
    @Test
    void shouldHaveNoValueWhenNothingWasObserved() {
        assertTrue(RunningMedian.empty().isEmpty());
        assertTrue(Double.isNaN(RunningMedian.empty().value()));
    }

    @Test
    void shouldApproachTheMedianWhenValuesAreSkewed() {
        Random random = new Random(1);
        RunningMedian median = RunningMedian.empty();
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            median = median.observe(7 * Math.exp(0.5 * random.nextGaussian()), 1);
            sum += median.value();
        }
        assertEquals(7, sum / 20_000, 0.2, "the mean would be 7.93");
    }

    @Test
    void shouldStayPutWhenAFifthOfTheValuesIsHuge() {
        Random random = new Random(2);
        RunningMedian median = RunningMedian.empty();
        for (int i = 0; i < 5_000; i++) {
            double usual = Math.exp(0.3 * random.nextGaussian());
            median = median.observe(i % 5 == 0 ? 1e9 : usual, 1);
        }
        assertEquals(Math.exp(0.3 * 0.3186), median.value(), 0.2, "the 62.5 % point of the usual values");
    }

    @Test
    void shouldFollowWhenTheScaleDrifts() {
        RunningMedian median = RunningMedian.empty();
        for (int i = 0; i < 1_000; i++) {
            median = median.observe(1, 1);
        }
        for (int i = 0; i < 600; i++) {
            median = median.observe(10, 1);
        }
        assertEquals(10, median.value(), 1e-9);
    }

    @Test
    void shouldIgnoreWhatHasNoLogarithm() {
        RunningMedian median = RunningMedian.empty().observe(2, 1);
        for (double x : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(median, median.observe(x, 1));
        }
    }

    @Test
    void shouldBeBitEqualWhenTheSameValuesAreObserved() {
        RunningMedian a = RunningMedian.empty();
        RunningMedian b = RunningMedian.empty();
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            double x = random.nextDouble();
            a = a.observe(x, 1);
            b = new RunningMedian(b.logMedian(), b.count()).observe(x, 1);
        }
        assertEquals(a, b);
    }
}
