package io.credence.bayes.inference;

import io.credence.bayes.drift.DriftLayer;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.GaussianNetwork;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.LocalPass;
import io.credence.bayes.predict.FarField;
import io.credence.bayes.predict.Knowledge;
import io.credence.bayes.predict.Moments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The test of test-then-train: the Monte-Carlo moments of single events under the posterior as it stands. */
final class Tester {
    /*
     * By local reparameterisation, S rows of the same event with antithetic pairs: the same distribution as S sampled
     * networks, without drawing S × P weights for each version of the posterior.
     */
    private final Belief belief;
    private final LocalPass pass;
    private final FarField farField;
    private final int samples;
    private final GaussianNetwork weights;

    Tester(Belief belief) {
        ModelSpec spec = belief.shape().spec();
        this.belief = belief;
        this.samples = spec.predictive().samples();
        this.pass = new LocalPass(belief.shape().layout(), spec.network().activation(), samples);
        this.farField = new FarField(belief.ridge(), samples);
        this.weights =
                new GaussianNetwork(belief.shape().layout(), spec.network().activation());
    }

    /** What everything says of an event of the stream as it stands now. */
    Asked now(Observation event) {
        float[] x = standardise(event);
        List<Moments> members = test(x, belief.events());
        Known known = know(x);
        Moments network = mixed(members, belief.rivalry().weight(), known);
        DriftLayer drift = belief.corrections().drift();
        Moments corrected = drift == null ? network : drift.at(network, x, event.timestamp());
        return new Asked(
                x,
                members,
                network,
                farField.towards(corrected, x, belief.vigilance().classRates()),
                known.ignorance());
    }

    /** What everything says of event number {@code t}, as it was when that was asked about. */
    Asked ask(Observation event, long t) {
        float[] x = standardise(event);
        List<Moments> members = test(x, t);
        Known known = know(x);
        Moments mixed = asked(members, x, t, known);
        Moments corrected = belief.corrections().correct(mixed, x);
        return new Asked(
                x,
                members,
                mixed,
                farField.towards(corrected, x, belief.vigilance().classRates()),
                known.ignorance());
    }

    /**
     * An event's standardised features, what each member says now, what they said together when it was asked about, and
     * how much is to be learned about it.
     */
    record Asked(float[] x, List<Moments> members, Moments mixed, Moments corrected, double ignorance) {}

    /** What the posteriors know of an event: how much is to be learned, and the variance of each member's mean. */
    private record Known(Knowledge champion, double ignorance, double variance, double other) {}

    private Known know(float[] x) {
        Member rival = belief.rival();
        double other = 0;
        if (rival != null && Rivalry.earned(belief.rivalry().weight()) > 0) {
            other = Predictors.knowledge(belief, rival, weights).variance(1, x)[0];
        }
        // One network serves both: what the rival has to say is asked before the champion's weights take its place.
        Knowledge champion = Predictors.knowledge(belief, belief.champion(), weights);
        double[] variance = new double[1];
        double ignorance = champion.ignorance().of(1, x, variance)[0];
        return new Known(champion, ignorance, variance[0], other);
    }

    /** The standardised features of an event. */
    private float[] standardise(Observation event) {
        float[] x = new float[belief.shape().layout().inputs()];
        belief.standardisation().columns().apply(event.features(), x, 0);
        return x;
    }

    /** Each member's moments of an event with features {@code x}, which is number {@code t} of the stream. */
    private List<Moments> test(float[] x, long t) {
        Member rival = belief.rival();
        Moments champion = test(belief.champion(), null, x, t, Purpose.TEST);
        return rival == null
                ? List.of(champion)
                : List.of(champion, test(rival, null, x, t, Purpose.RIVAL_TEST).shifted(belief.alignment()));
    }

    /** What both say of the event together, as they were when it was asked about, from what each says now. */
    private Moments asked(List<Moments> now, float[] x, long t, Known known) {
        Past past = belief.past();
        Member rival = belief.rival();
        if (!past.known(t)) {
            return mixed(now, belief.rivalry().weight(), known);
        }
        Moments champion = test(belief.champion(), past.means(0), x, t, Purpose.TEST);
        if (rival == null) {
            return mixed(List.of(champion), 0, known);
        }
        Moments other = test(rival, past.means(1), x, t, Purpose.RIVAL_TEST).shifted(belief.alignment());
        return mixed(List.of(champion, other), past.weight(), known);
    }

    /** What both say together, from what each says. */
    private static Moments mixed(List<Moments> each, double weight, Known known) {
        Moments rival = each.size() == 1 ? null : each.get(1);
        return known.champion().mixed(each.get(0), rival, weight, known.variance(), known.other());
    }

    private Moments test(Member member, float @Nullable [] mu, float[] x, long t, int purpose) {
        Likelihood likelihood = member.likelihood(belief.standardisation());
        CounterRandom noise =
                CounterRandom.of(belief.shape().spec().seed(), CounterRandom.hash(belief.modelKey()), t, purpose);
        Posterior q = belief.predictive(member);
        float[] f = pass.samples(samples, x, mu == null ? q.mu() : mu, q.sigma2(), noise);
        farField.add(x, 0, belief.shape().layout().inputs(), likelihood, f, 0, likelihood.outputs());
        return Moments.of(likelihood, f, 0, likelihood.outputs(), samples);
    }
}
