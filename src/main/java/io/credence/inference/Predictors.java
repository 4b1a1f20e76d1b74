package io.credence.inference;

import io.credence.predict.Predictor;

/** Predictors of learner states. */
public final class Predictors {
    private Predictors() {}

    /**
     * The predictor of a state.
     *
     * @throws IllegalArgumentException if the state was made for another shape
     */
    public static Predictor of(ModelSpec spec, LearnerState state) {
        throw new IllegalStateException("not yet");
    }

    /** The prior predictive, for events that come before the first posterior; it is marked as warming up. */
    public static Predictor prior(ModelSpec spec, String modelKey) {
        return of(spec, OnlineLearner.create(spec, modelKey).state());
    }
}
