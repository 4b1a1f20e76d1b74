package io.credence.inference;

import io.credence.drift.DriftLayer;
import io.credence.network.SampledNetworks;
import io.credence.predict.Correction;
import io.credence.predict.ModelInfo;
import io.credence.predict.Predictor;
import io.credence.predict.SampledPredictor;

/** Predictors of learner states. */
public final class Predictors {
    private Predictors() {}

    /**
     * The predictor of a state.
     *
     * @throws IllegalArgumentException if the state was made for another shape
     */
    public static Predictor of(ModelSpec spec, LearnerState state) {
        return of(Learned.of(Shape.of(spec), state));
    }

    /** The prior predictive, for events that come before the first posterior; it is marked as warming up. */
    public static Predictor prior(ModelSpec spec, String modelKey) {
        return of(Learned.create(Shape.of(spec), modelKey));
    }

    private static Predictor of(Learned learned) {
        ModelSpec spec = learned.shape.spec();
        int samples = spec.predictive().samples();
        ModelInfo info = new ModelInfo(
                learned.modelKey,
                learned.epoch,
                learned.step,
                learned.events,
                learned.events < spec.predictive().warmupEvents(),
                samples);
        SampledNetworks networks = SampledNetworks.draw(
                learned.shape.layout(),
                spec.network().activation(),
                samples,
                new WeightSampling(spec.seed(), learned.modelKey, learned.predictive()));
        return new SampledPredictor(
                info,
                learned.shape.layout().inputs(),
                learned.standardizer,
                networks,
                learned.drift == null ? Correction.NONE : correction(learned.drift),
                OnlineLearner.maker(learned));
    }

    private static Correction correction(DriftLayer drift) {
        return (moments, x, eventTime) ->
                eventTime == Correction.ANYTIME ? drift.anytime(moments, x) : drift.at(moments, x, eventTime);
    }
}
