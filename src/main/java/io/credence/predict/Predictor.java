package io.credence.predict;

import io.credence.feature.FeatureVector;
import java.util.List;

/** A posterior frozen at one version, ready to predict. Immutable; one thread at a time. */
public interface Predictor {
    /** Which posterior this is. */
    ModelInfo info();

    /**
     * Predicts a micro-batch; the same event predicted alone or in company agrees to 1e-5 relative.
     *
     * @param events encoded features before standardisation, all of the width that the model was made for
     */
    List<Prediction> predict(List<FeatureVector> events);
}
