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
        Belief belief = Belief.of(spec.shape(), state);
        return of(belief, sharing.apply(() -> draw(belief)).get());
    }

    /** Bytes that the weight samples of one model take. */
    public static long sampleBytes(ModelSpec spec) {
        return (long) Float.BYTES * spec.predictive().samples() * spec.shape().parameters();
    }

    /** The prior predictive, for events that come before the first posterior; it is marked as warming up. */
    public static Predictor prior(ModelSpec spec, String modelKey) {
        Belief belief = Belief.create(spec.shape(), modelKey, 0);
        return of(belief, draw(belief));
    }

    private static Predictor of(Belief belief, SampledNetworks networks) {
        ModelSpec spec = belief.shape().spec();
        ModelInfo info = new ModelInfo(
                belief.modelKey(),
                belief.version(),
                belief.events(),
                belief.events() < spec.predictive().warmupEvents(),
                spec.predictive().samples());
        return new SampledPredictor(
                info,
                belief.shape().layout().inputs(),
                belief.standardisation().columns(),
                networks,
                belief.drift() == null ? Correction.NONE : correction(belief.drift()),
                belief.maker());
    }

    private static SampledNetworks draw(Belief belief) {
        ModelSpec spec = belief.shape().spec();
        return SampledNetworks.draw(
                belief.shape().layout(),
                spec.network().activation(),
                spec.predictive().samples(),
                new WeightSampling(spec.seed(), belief.modelKey(), belief.predictive()));
    }

    private static Correction correction(DriftLayer drift) {
        return (moments, x, eventTime) ->
                eventTime == Correction.ANYTIME ? drift.anytime(moments, x) : drift.at(moments, x, eventTime);
    }
}
