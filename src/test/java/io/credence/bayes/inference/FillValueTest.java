package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Task;
import io.credence.fixture.ChangingStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that stands for a missing one in every fortieth event, at the defaults. */
class FillValueTest {
    private static final int EVENTS = 4_000;
    private static final int EVERY = 40;

    @ParameterizedTest
    @ValueSource(doubles = {-9999, 1e6})
    void shouldPredictOtherEventsAsWellWhenAFeatureIsFilledNowAndThen(double fill) {
        double clean = error(Double.NaN);
        double filled = error(fill);
        assertTrue(filled < 1.05 * clean, filled + " where it is " + clean + " without");
    }

    /** Root mean squared error over the last half of the events that are not filled. */
    private static double error(double fill) {
        ModelSpec spec = ModelSpec.builder()
                .features(ChangingStream.features())
                .task(Task.REGRESSION)
                .build();
        OnlineLearner learner = OnlineLearner.create(spec, "");
        ChangingStream stream = ChangingStream.curved();
        double squares = 0;
        int counted = 0;
        for (int i = 0; i < EVENTS; i++) {
            boolean missing = i % EVERY == EVERY - 1;
            Observation event = stream.next(0);
            if (missing && !Double.isNaN(fill)) {
                event = filled(event, fill);
            }
            double mean = learner.fold(event).predictions().get(0).mean();
            if (!missing && i >= EVENTS / 2) {
                squares += Math.pow(mean - event.label(), 2);
                counted++;
            }
        }
        return Math.sqrt(squares / counted);
    }

    private static Observation filled(Observation event, double fill) {
        double[] values = event.features().values().clone();
        values[0] = fill;
        return new Observation(
                event.modelKey(), event.eventId(), event.timestamp(), new FeatureVector(values), event.label());
    }
}
