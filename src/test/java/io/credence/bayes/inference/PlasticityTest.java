package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.bayes.linalg.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How fast a change is followed must not depend on how long the stream was before it: the same rows of a new concept are
 * learned after a short past and after a long one, of {@code credence.plasticity.events} events.
 */
class PlasticityTest {
    private static final int SHORT = 20_000;
    private static final int HALF = 10_000;
    private static final int LONG = Integer.getInteger("credence.plasticity.events", 200_000);

    @Test
    void shouldFollowAChangeAsFastAfterALongPastAsAfterAShortOne() {
        double[] soon = errorsAfter(SHORT);
        double[] late = errorsAfter(LONG);
        String figures =
                "after " + SHORT + " events " + Arrays.toString(soon) + ", after " + LONG + " " + Arrays.toString(late);
        System.out.println("RMSE of 2 x 10,000 rows of a new concept, " + figures);
        assertEquals(soon[0], late[0], 0.05 * soon[0], figures);
        assertEquals(soon[1], late[1], 0.05 * soon[1], figures);
        assertTrue(soon[1] < 1.15, "nothing was learned: " + figures);
    }

    /** RMSE over the first and the second half of the new concept. */
    private static double[] errorsAfter(int events) {
        OnlineLearner learner = OnlineLearner.create(
                ModelSpec.builder()
                        .features(IntStream.range(0, 10)
                                .mapToObj(i -> FeatureSpec.parse("x" + i))
                                .toList())
                        .task(Task.REGRESSION)
                        .build(),
                "");
        for (int i = 0; i < events; i++) {
            learner.fold(event(0, i, false));
        }
        double[] errors = new double[2];
        for (int i = 0; i < 2 * HALF; i++) {
            Observation event = event(1, i, true);
            double error = learner.fold(event).predictions().get(0).mean() - event.label();
            errors[i / HALF] += error * error / HALF;
        }
        return Arrays.stream(errors).map(Math::sqrt).toArray();
    }

    /** An event of Friedman's first function of uniform inputs with noise 1; a turned one takes its inputs in reverse. */
    private static Observation event(int concept, int number, boolean turned) {
        CounterRandom random = CounterRandom.of(11, concept, number, 0);
        float[] x = new float[10];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.uniform();
        }
        double[] u = new double[5];
        for (int i = 0; i < u.length; i++) {
            u[i] = x[turned ? x.length - 1 - i : i];
        }
        double mean = 10 * Math.sin(Math.PI * u[0] * u[1]) + 20 * (u[2] - 0.5) * (u[2] - 0.5) + 10 * u[3] + 5 * u[4];
        return new Observation("", "", number, new FeatureVector(x), mean + random.gaussian());
    }
}
