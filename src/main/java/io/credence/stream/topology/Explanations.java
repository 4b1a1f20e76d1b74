package io.credence.stream.topology;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.Attribution;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.Predictor;
import io.credence.stream.config.AlertSection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why events raise, of as many as the scorer can afford: an explanation costs what some hundreds of predictions cost, and a
 * flood of unusual events must not hold up the others. One thread.
 */
final class Explanations {
    /** How many events are explained in a second. */
    static final int A_SECOND = 10;

    private final AlertSection alerts;
    private long second = Long.MIN_VALUE;
    private int left;

    Explanations(AlertSection alerts) {
        this.alerts = alerts;
    }

    /**
     * What each prediction owes to the features; null of those that do not raise, and of those that are too many.
     *
     * @param now wall clock, milliseconds since the epoch
     */
    List<@Nullable Attribution> of(
            Predictor predictor, List<Observation> events, List<Prediction> predictions, long now) {
        List<@Nullable Attribution> told = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Prediction prediction = predictions.get(i);
            boolean raises = alerts.raises(prediction, alerts.uncertain(prediction, predictor.info()));
            told.add(raises && affords(now) ? predictor.attribute(events.get(i)) : null);
        }
        return told;
    }

    private boolean affords(long now) {
        if (now / 1000 != second) {
            second = now / 1000;
            left = A_SECOND;
        }
        return left-- > 0;
    }
}
