package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RealMetricsTest {
    private final RealMetrics metrics = new RealMetrics();

    @Test
    void shouldEqualHandComputedMeansWhenPredictionsAreGaussian() {
        metrics.add(Predictions.gaussian(1, 1), 2); // error 1, inside −1…3
        metrics.add(Predictions.gaussian(5, 2), 2); // error −3, inside 1…9
        metrics.add(Predictions.gaussian(0, 0.5), 5); // error 5, outside −1…1
        Map<String, Double> values = metrics.values();

        assertEquals(3, metrics.count());
        assertEquals(Math.sqrt((1 + 9 + 25) / 3.0), values.get("rmse"), 1e-15);
        assertEquals(3, values.get("mae"), 1e-15);
        double logTwoPi = Math.log(2 * Math.PI);
        double nll = 0.5 * (3 * logTwoPi + Math.log(1) + 1 + Math.log(4) + 9 / 4.0 + Math.log(0.25) + 25 / 0.25) / 3;
        assertEquals(nll, values.get("nll"), 1e-12);
        assertEquals(2 / 3.0, values.get("coverage95"), 1e-15);
        assertEquals((4 + 8 + 2) / 3.0, values.get("width95"), 1e-15);
        assertEquals((4 + 8 + 2) / 3.0 / (5 - 2), values.get("width95Range"), 1e-15);
        double crps = (Crps.gaussian(1, 1, 2) + Crps.gaussian(5, 2, 2) + Crps.gaussian(0, 0.5, 5)) / 3;
        assertEquals(crps, values.get("crps"), 1e-15);
    }

    @Test
    void shouldMeasureCountsWhenPredictionsAreCounts() {
        metrics.add(Predictions.poisson(4), 4); // inside 2…8
        metrics.add(Predictions.poisson(4), 9);
        Map<String, Double> values = metrics.values();

        assertEquals(Math.sqrt(12.5), values.get("rmse"), 1e-12);
        assertEquals(0.5, values.get("coverage95"));
        double logFactorials = Math.log(24) + Math.log(362_880);
        assertEquals((8 - 13 * Math.log(4) + logFactorials) / 2, values.get("nll"), 1e-9);
    }

    @Test
    void shouldCountTheEndsAsCoveredWhenLabelLiesOnThem() {
        metrics.add(Predictions.gaussian(0, 1), 2);
        metrics.add(Predictions.gaussian(0, 1), -2);
        assertEquals(1, metrics.values().get("coverage95"));
    }

    @Test
    void shouldLeaveOutTheShareOfTheRangeWhenAllLabelsAreEqual() {
        metrics.add(Predictions.gaussian(0, 1), 2);
        assertEquals(
                List.of("rmse", "mae", "nll", "crps", "coverage95", "width95"),
                List.copyOf(metrics.values().keySet()));
    }

    @Test
    void shouldHaveNoValuesWhenNothingWasAdded() {
        assertTrue(metrics.values().isEmpty());
    }

    @Test
    void shouldRefuseWhenThePredictionIsOfAClass() {
        assertThrows(IllegalArgumentException.class, () -> metrics.add(Predictions.classes(0.5, 0.5), 1));
    }
}
