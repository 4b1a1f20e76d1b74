package io.credence.bayes.predict;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import java.util.List;

/** A posterior frozen at one version, ready to predict. Immutable; one thread at a time. */
public interface Predictor {
    /** Which posterior this is. */
    ModelInfo info();

    /**
     * Predicts events that are unrelated in time to what was learned, such as a held-out set.
     *
     * <p>The same event predicted alone or in company agrees to 1e-5 relative.
     *
     * @param events encoded features before standardisation, all of the width that the model was made for
     * @return one prediction for each event, in their order
     * @throws IllegalArgumentException if an event has another number of columns
     */
    List<Prediction> predict(List<FeatureVector> events);

    /** Predicts one event, as {@link #predict(List)} does. Several at once are faster. */
    default Prediction predict(FeatureVector event) {
        return predict(List.of(event)).get(0);
    }

    /**
     * Predicts events of the stream that the model learns from; what was learned of the latest labels counts by how
     * long ago they were.
     *
     * @param events as above, with their event times; labels are not looked at
     * @return one prediction for each event, in their order
     * @throws IllegalArgumentException if an event has another number of columns
     */
    List<Prediction> predictStream(List<Observation> events);

    /**
     * What each feature has to do with the prediction that {@link #predictStream} makes of an event. Costs what some
     * hundreds of predictions cost.
     *
     * @param event as above
     * @throws IllegalArgumentException if the event has another number of columns
     */
    Attribution attribute(Observation event);
}
