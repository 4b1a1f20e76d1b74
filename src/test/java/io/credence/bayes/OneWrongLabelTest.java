package io.credence.bayes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.ModelSpec;
import io.credence.bayes.predict.Prediction;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One label of 700 is a fill value of 999,999, where others lie between 3 and 106: 500 labels later nothing is left of it. */
class OneWrongLabelTest {
    private static final int LABELS = 700;
    private static final int WRONG = 200;

    private final Random random = new Random(18);

    @ParameterizedTest
    @ValueSource(doubles = {999_999, -9_999, 9.96921e36})
    void shouldPredictAsIfItHadNotBeenWhenOneLabelOfManyIsAFillValue(double fill) {
        Learner learner = Credence.learner(
                ModelSpec.builder().features("temp, load").task(Task.REGRESSION).build());
        for (int i = 0; i < LABELS; i++) {
            Map<String, Object> event = event();
            learner.learn(event, i == WRONG ? fill : kwh(event) + random.nextGaussian());
        }
        for (int i = 0; i < 20; i++) {
            Map<String, Object> event = event();
            Prediction prediction = learner.predict(event).orElseThrow();
            double truth = kwh(event);
            assertTrue(
                    Math.abs(prediction.mean() - truth) < 3 && prediction.upper() - prediction.lower() < 10,
                    () -> "predicted " + prediction.mean() + " in " + prediction.lower() + "…" + prediction.upper()
                            + ", true is " + truth);
        }
    }

    private Map<String, Object> event() {
        return Map.of("temp", -9 + 45 * random.nextDouble(), "load", random.nextInt(41));
    }

    private static double kwh(Map<String, Object> event) {
        return 20 + 1.7 * ((Number) event.get("temp")).doubleValue() + 0.9 * ((Number) event.get("load")).doubleValue();
    }
}
