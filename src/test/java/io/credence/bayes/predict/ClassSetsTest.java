package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassSetsTest {
    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.95);

    @Test
    void shouldTakeTheLikeliestClassesUntilTheyAddUpToTheLevel() {
        List<ClassPrediction.Set> sets = ClassPrediction.sets(new double[] {0.1, 0.25, 0.6, 0.05}, LEVELS);
        assertEquals(
                List.of(List.of(2), List.of(2, 1), List.of(2, 1, 0)),
                sets.stream().map(ClassPrediction.Set::classes).toList());
        assertTrue(sets.get(1).covers(1) && sets.get(1).covers(2));
        assertFalse(sets.get(1).covers(0));
    }

    @Test
    void shouldHoldAClassWhenOneIsNearlyCertainAndAllWhenTheyAddUpToLess() {
        assertEquals(
                List.of(0),
                ClassPrediction.sets(new double[] {1, 0}, LEVELS).get(2).classes());
        List<ClassPrediction.Set> all = ClassPrediction.sets(new double[] {0.3, 0.3, 0.3}, LEVELS);
        assertEquals(List.of(0, 1, 2), all.get(2).classes(), "the first of equals first");
    }

    /** The oracle is every subset. */
    @Test
    void shouldBeTheSmallestOfAllSetsThatReachTheLevelAndCoverAsMuch() {
        CounterRandom random = CounterRandom.of(9, 0, 0, 0);
        int covered = 0;
        int n = 4_000;
        for (int i = 0; i < n; i++) {
            double[] p = new double[5];
            double sum = 0;
            for (int k = 0; k < p.length; k++) {
                p[k] = Math.exp(2 * random.gaussian());
                sum += p[k];
            }
            for (int k = 0; k < p.length; k++) {
                p[k] /= sum;
            }
            ClassPrediction.Set set = ClassPrediction.sets(p, LEVELS).get(1);
            assertEquals(smallest(p, 0.8), set.classes().size());
            double u = random.uniform();
            int label = 0;
            while (label < p.length - 1 && u > p[label]) {
                u -= p[label++];
            }
            covered += set.covers(label) ? 1 : 0;
        }
        assertTrue(covered > (0.8 - 0.02) * n, "of 0.8: " + covered / (double) n);
    }

    private static int smallest(double[] p, double level) {
        int smallest = p.length;
        for (int subset = 1; subset < 1 << p.length; subset++) {
            double sum = 0;
            for (int k = 0; k < p.length; k++) {
                sum += (subset >> k & 1) * p[k];
            }
            smallest = sum >= level ? Math.min(smallest, Integer.bitCount(subset)) : smallest;
        }
        return smallest;
    }
}
