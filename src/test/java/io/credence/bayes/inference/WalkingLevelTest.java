package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The learner at its defaults on labels that are a random walk plus effects of the features, beside who knows the effects
 * and both variances: the Kalman filter of the level (West &amp; Harrison 1997, ch. 2).
 */
class WalkingLevelTest {
    private static final double STEP = 0.3;
    private static final double NOISE = 0.3;
    private static final int EVENTS = 6_000;
    private static final int LAST = 2_000;

    private final CounterRandom random = CounterRandom.of(17, 0, 0, 0);
    private final OnlineLearner learner = OnlineLearner.create(
            ModelSpec.builder()
                    .features(List.of(FeatureSpec.parse("a"), FeatureSpec.parse("b"), FeatureSpec.parse("c")))
                    .task(Task.REGRESSION)
                    .build(),
            "");
    private double level;
    private double filtered;
    private double doubt = 1;

    @Test
    void shouldLearnTheEffectsAsIfTheLevelStoodStillWhenItWalks() {
        double squares = 0;
        double least = 0;
        int covered = 0;
        long before = 0;
        for (int t = 0; t < EVENTS; t++) {
            level += STEP * random.gaussian();
            FeatureVector x = features();
            double label = level + effects(x) + NOISE * random.gaussian();
            Prediction p = learner.fold(new Observation("", "", 1_000L * t, x, label))
                    .predictions()
                    .get(0);
            before = t == EVENTS - LAST ? learner.state().takeOvers() : before;
            double known = kalman(label - effects(x));
            if (t >= EVENTS - LAST) {
                squares += (p.mean() - label) * (p.mean() - label) / LAST;
                least += known * known / LAST;
                covered += p.covers(label) ? 1 : 0;
            }
        }
        String figures = Math.sqrt(squares) + ", who knows the effects " + Math.sqrt(least);
        assertTrue(Math.sqrt(squares) < 1.12 * Math.sqrt(least), figures);
        assertEquals(0.95, (double) covered / LAST, 0.02, "coverage");
        assertEquals(before, learner.state().takeOvers(), "the effects have not changed");
    }

    /** Error of the filter that knows everything but the level. */
    private double kalman(double y) {
        doubt += STEP * STEP;
        double error = y - filtered;
        double gain = doubt / (doubt + NOISE * NOISE);
        filtered += gain * error;
        doubt *= 1 - gain;
        return error;
    }

    private FeatureVector features() {
        return new FeatureVector(
                new float[] {(float) random.gaussian(), (float) random.gaussian(), (float) random.gaussian()});
    }

    private static double effects(FeatureVector x) {
        double[] v = x.values();
        return Math.sin(2 * v[0]) + 0.5 * v[1] * v[2];
    }
}
