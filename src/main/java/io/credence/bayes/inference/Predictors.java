package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.network.GaussianNetwork;
import io.credence.bayes.network.OutputCovariance;
import io.credence.bayes.network.SampledNetworks;
import io.credence.bayes.predict.Correction;
import io.credence.bayes.predict.Ignorance;
import io.credence.bayes.predict.Knowledge;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Predictor;
import io.credence.bayes.predict.SampledPredictor;
import io.credence.bayes.predict.SampledPredictor.Voice;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    public static Predictor of(
            ModelSpec spec, LearnerState state, UnaryOperator<Supplier<List<SampledNetworks>>> sharing) {
        Belief belief = Belief.of(spec.shape(), state);
        return of(belief, state.labelBounds(), sharing.apply(() -> draw(belief)).get());
    }

    /** Bytes that the weights of one model take at most: the samples, and means and variances of the champion's. */
    public static long sampleBytes(ModelSpec spec) {
        int members = spec.shape().rivalEvents() > 0 ? 2 : 1;
        return (long) Float.BYTES
                * (members * spec.predictive().samples() + 2)
                * spec.shape().parameters();
    }

    /** The prior predictive, for events that come before the first posterior; it is marked as warming up. */
    public static Predictor prior(ModelSpec spec, String modelKey) {
        Belief belief = Belief.create(spec.shape(), modelKey, 0);
        return of(belief, LabelBounds.store(spec.label()), draw(belief));
    }

    private static Predictor of(Belief belief, double[] bounds, List<SampledNetworks> networks) {
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
                voices(belief, networks),
                correction(belief.corrections().drift()),
                belief.maker(bounds),
                belief.vigilance().flagging(belief.events()),
                belief.vigilance().classRates());
    }

    private static List<Voice> voices(Belief belief, List<SampledNetworks> networks) {
        Member rival = belief.rival();
        double weight = rival == null ? 0 : belief.rivalry().weight();
        Voice champion = new Voice(
                networks.get(0),
                belief.champion().likelihood(belief.standardisation()),
                1 - weight,
                0,
                knowledge(belief, belief.champion()));
        return rival == null
                ? List.of(champion)
                : List.of(
                        champion,
                        new Voice(
                                networks.get(1),
                                rival.likelihood(belief.standardisation()),
                                weight,
                                belief.alignment(),
                                knowledge(belief, rival)));
    }

    private static Knowledge knowledge(Belief belief, Member member) {
        return knowledge(
                belief,
                member,
                new GaussianNetwork(
                        belief.shape().layout(), belief.shape().spec().network().activation()));
    }

    /**
     * What a member's posterior knows as it stands, and what of it is told.
     *
     * @param network receives its weights
     */
    static Knowledge knowledge(Belief belief, Member member, GaussianNetwork network) {
        Posterior q = belief.predictive(member);
        boolean joint = belief.events() > 0 && member.last().known();
        OutputCovariance covariance = joint ? member.last().covariance() : OutputCovariance.NONE;
        Ignorance ignorance = new Ignorance(
                network.put(q.mu(), q.sigma2(), covariance),
                member.likelihood(belief.standardisation()),
                belief.vigilance().classRates(),
                belief.ridge());
        double noise = joint && member.noise() instanceof ObservationNoise learned
                ? member.last().share(learned.variance())
                : 1;
        return new Knowledge(ignorance, joint, Rivalry.earned(belief.rivalry().weight()), noise);
    }

    private static List<SampledNetworks> draw(Belief belief) {
        ModelSpec spec = belief.shape().spec();
        return belief.members().stream()
                .map(member -> SampledNetworks.draw(
                        belief.shape().layout(),
                        spec.network().activation(),
                        spec.predictive().samples(),
                        new WeightSampling(spec.seed(), belief.modelKey(), belief.predictive(member))))
                .toList();
    }

    private static Correction correction(@Nullable DriftLayer drift) {
        return drift == null
                ? Correction.NONE
                : (moments, x, eventTime) ->
                        eventTime == Correction.ANYTIME ? drift.anytime(moments, x) : drift.at(moments, x, eventTime);
    }
}
