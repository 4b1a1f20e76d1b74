package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.Flags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ClassMetricsTest {
    @Test
    void shouldEqualHandComputedMeansWhenThereAreTwoClasses() {
        ClassMetrics metrics = new ClassMetrics(2);
        metrics.add(Predictions.classes(0.2, 0.8), 1);
        metrics.add(Predictions.classes(0.9, 0.1), 0);
        metrics.add(Predictions.classes(0.4, 0.6), 0);
        Map<String, Double> values = metrics.values();

        assertEquals(3, metrics.count());
        assertEquals(2 / 3.0, values.get("accuracy"), 1e-15);
        assertEquals(-(Math.log(0.8) + Math.log(0.9) + Math.log(0.4)) / 3, values.get("logLoss"), 1e-15);
        assertEquals((0.04 + 0.01 + 0.36) / 3, values.get("brier"), 1e-15);
        assertEquals((0.2 + 0.1 + 0.6) / 3, values.get("ece"), 1e-15);
    }

    @Test
    void shouldCountLabelsInSetsAndTheirClasses() {
        ClassMetrics metrics = new ClassMetrics(3);
        var sets = List.of(new ClassPrediction.Set(0.5, List.of(1)), new ClassPrediction.Set(0.95, List.of(1, 0)));
        var prediction = new ClassPrediction(new double[] {0.2, 0.75, 0.05}, 1, 0, 0, 0, 0, sets, Flags.NONE);
        for (int label : new int[] {0, 1, 1, 2}) {
            metrics.add(prediction, label);
        }
        assertEquals(0.5, metrics.values().get("setCoverage50"));
        assertEquals(0.75, metrics.values().get("setCoverage95"));
        assertEquals(2, metrics.values().get("setSize95"));
    }

    @Test
    void shouldSumTheBrierScoreOverTheClassesWhenThereAreThree() {
        ClassMetrics metrics = new ClassMetrics(3);
        metrics.add(Predictions.classes(0.5, 0.3, 0.2), 2);
        assertEquals(0.25 + 0.09 + 0.64, metrics.values().get("brier"), 1e-15);
        assertEquals(0, metrics.values().get("accuracy"));
    }

    @Test
    void shouldEqualBruteForceCalibrationErrorWhenPredictionsAreMany() {
        SplittableRandom random = new SplittableRandom(7);
        ClassMetrics metrics = new ClassMetrics(2);
        List<double[]> confidenceAndRight = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            // Multiples of 1/30 put many confidences exactly on the bins' edges.
            double p = random.nextInt(31) / 30.0;
            int label = random.nextDouble() < p * p ? 1 : 0;
            metrics.add(Predictions.classes(1 - p, p), label);
            double confidence = Math.max(p, 1 - p);
            int likeliest = p > 1 - p ? 1 : 0;
            confidenceAndRight.add(new double[] {confidence, likeliest == label ? 1 : 0});
        }
        double expected = 0;
        for (int bin = 0; bin < 15; bin++) {
            double low = bin / 15.0;
            double high = (bin + 1) / 15.0;
            List<double[]> inside = confidenceAndRight.stream()
                    .filter(c -> c[0] * 15 > low * 15 && c[0] * 15 <= high * 15)
                    .toList();
            double confidence = inside.stream().mapToDouble(c -> c[0]).average().orElse(0);
            double accuracy = inside.stream().mapToDouble(c -> c[1]).average().orElse(0);
            expected += inside.size() / 2_000.0 * Math.abs(accuracy - confidence);
        }
        assertEquals(expected, metrics.values().get("ece"), 1e-12);
    }

    @Test
    void shouldFallIntoTheLastBinWhenConfidenceIsOne() {
        ClassMetrics metrics = new ClassMetrics(2);
        metrics.add(Predictions.classes(0, 1), 1);
        assertEquals(0, metrics.values().get("ece"));
    }

    @Test
    void shouldRefuseWhenThePredictionHasAnotherNumberOfClasses() {
        ClassMetrics metrics = new ClassMetrics(3);
        assertThrows(IllegalArgumentException.class, () -> metrics.add(Predictions.classes(0.5, 0.5), 1));
        assertThrows(IllegalArgumentException.class, () -> metrics.add(Predictions.gaussian(0, 1), 1));
    }
}
