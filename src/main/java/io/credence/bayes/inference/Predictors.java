package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.network.SampledNetworks;
import io.credence.bayes.predict.Correction;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Predictor;
import io.credence.bayes.predict.SampledPredictor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Predictors of learner states. */
public final class Predictors {
    private Predictors() {}

    /**
     * The predictor of a state.
     *
     * @throws IllegalArgumentException if the state was made for another shape
     */
    public static Predictor of(ModelSpec spec, LearnerState state) {
        return of(spec, state, draw -> draw);
    }

    /**
     * The predictor of a state, with weight samples that others may use too.
     *
     * @param sharing returns the samples of that state, which its argument draws if nobody has
     * @throws IllegalArgumentException if the state was made for another shape
     */
    public static Predictor of(ModelSpec spec, LearnerState state, UnaryOperator<Supplier<SampledNetworks>> sharing) {
        Learned learned = Learned.of(Shape.of(spec), state);
        return of(learned, sharing.apply(() -> draw(learned)).get());
    }

    /** Bytes that the weight samples of one model take. */
    public static long sampleBytes(ModelSpec spec) {
        return (long) Float.BYTES
                * spec.predictive().samples()
                * Shape.of(spec).layout().size();
    }

    /** The prior predictive, for events that come before the first posterior; it is marked as warming up. */
    public static Predictor prior(ModelSpec spec, String modelKey) {
        Learned learned = Learned.create(Shape.of(spec), modelKey);
        return of(learned, draw(learned));
    }

    private static Predictor of(Learned learned, SampledNetworks networks) {
        ModelSpec spec = learned.shape.spec();
        ModelInfo info = new ModelInfo(
                learned.modelKey,
                learned.epoch,
                learned.step,
                learned.events,
                learned.events < spec.predictive().warmupEvents(),
                spec.predictive().samples());
        return new SampledPredictor(
                info,
                learned.shape.layout().inputs(),
                learned.standardizer,
                networks,
                learned.drift == null ? Correction.NONE : correction(learned.drift),
                OnlineLearner.maker(learned));
    }

    private static SampledNetworks draw(Learned learned) {
        ModelSpec spec = learned.shape.spec();
        return SampledNetworks.draw(
                learned.shape.layout(),
                spec.network().activation(),
                spec.predictive().samples(),
                new WeightSampling(spec.seed(), learned.modelKey, learned.predictive()));
    }

    private static Correction correction(DriftLayer drift) {
        return (moments, x, eventTime) ->
                eventTime == Correction.ANYTIME ? drift.anytime(moments, x) : drift.at(moments, x, eventTime);
    }
}
