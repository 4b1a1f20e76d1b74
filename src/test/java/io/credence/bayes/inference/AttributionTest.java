package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.predict.Attribution;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.Predictor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Why a learned model says what it says, at the defaults. */
class AttributionTest {
    private static final int EVENTS = 5_000;
    private static final int COLUMNS = 10;
    private static final int ASKED = 200;

    private static Predictor predictor;

    @BeforeAll
    static void learn() {
        String features = IntStream.range(0, COLUMNS).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
        ModelSpec spec =
                ModelSpec.builder().features(features).task(Task.REGRESSION).build();
        OnlineLearner learner = OnlineLearner.create(spec, "");
        for (int i = 0; i < EVENTS; i++) {
            learner.fold(event(i));
        }
        predictor = Predictors.of(spec, learner.state());
    }

    @Test
    void shouldSumToTheDifferenceFromTheAverageEvent() {
        double[] average = new double[COLUMNS];
        Arrays.fill(average, Double.NaN);
        double base = predictor
                .predictStream(List.of(new Observation("", "", 0, new FeatureVector(average), Double.NaN)))
                .get(0)
                .mean();
        for (int i = 0; i < ASKED; i++) {
            Observation asked = event(EVENTS + i);
            Attribution told = predictor.attribute(asked);
            double mean = predictor.predictStream(List.of(asked)).get(0).mean();

            double sum =
                    told.parts().stream().mapToDouble(Attribution.Part::mean).sum();
            assertEquals(mean - base, sum, 1e-4 * 5);
            double variance = predictor.predictStream(List.of(asked)).get(0).variance();
            assertEquals(variance, told.variance(), 1e-6 * variance);
        }
    }

    @Test
    void shouldGiveTheLinearTermItsSlopeWhenItIsLearned() {
        double off = 0;
        for (int i = 0; i < ASKED; i++) {
            Observation asked = event(EVENTS + i);
            double part = predictor.attribute(asked).parts().get(3).mean();
            off += Math.abs(part - 10 * (asked.features().values()[3] - 0.5)) / ASKED;
        }
        assertTrue(off < 0.5, "the part of 10x is off by " + off + " on average, its deviation is 2.9");
    }

    @Test
    void shouldNameTheFeatureThatWasMovedOut() {
        int first = 0;
        for (int i = 0; i < ASKED; i++) {
            double[] x = event(EVENTS + i).features().values().clone();
            int moved = i % COLUMNS;
            x[moved] = 1.5;
            Observation asked = new Observation("", "", 0, new FeatureVector(x), Double.NaN);
            Attribution told = predictor.attribute(asked);
            Flags flags = predictor.predictStream(List.of(asked)).get(0).flags();
            first += told.causes(flags).get(0).feature().equals("x" + moved) ? 1 : 0;
        }
        assertTrue(first >= 0.9 * ASKED, "named first in " + first + " of " + ASKED);
    }

    /** Friedman's first function with noise of deviation 1 (Friedman 1991); five of the ten columns matter. */
    private static Observation event(int number) {
        CounterRandom random = CounterRandom.of(5, 0, number, 0);
        double[] x =
                IntStream.range(0, COLUMNS).mapToDouble(i -> random.uniform()).toArray();
        double y = 10 * Math.sin(Math.PI * x[0] * x[1])
                + 20 * (x[2] - 0.5) * (x[2] - 0.5)
                + 10 * x[3]
                + 5 * x[4]
                + random.gaussian();
        return new Observation("", "e" + number, 1000L * number, new FeatureVector(x), y);
    }
}
