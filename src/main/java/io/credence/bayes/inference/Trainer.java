package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.WeightPass;
import java.util.List;

/** One update of each member on a minibatch and its replayed companions. */
final class Trainer {
    /*
     * Loss of a step, divided by N:  (1/N) Σᵢ cᵢ·−log p(yᵢ | xᵢ, w) + (β/N)·KL(q‖p), with cᵢ by ReplayWeighting.
     * A gradient with a number that is not finite, or beyond HUGE, is refused: its square would poison the moments.
     * An event whose features are far from all others pulls the fit towards itself in proportion to their square; its
     * weight falls with it (Mallows 1975), as that of a label far from its prediction does within the likelihood.
     */
    private static final long MOST_STEPS = 1024;
    private static final float HUGE = 1e15f;
    private static final float FAR = 8;

    private final Belief belief;
    private final LearningSpec spec;
    private final Reservoir reservoir;
    private final Prior prior;
    private final Estimator estimator;
    private final UpdateRule rule;
    private final ElboGradient gradient;
    private final WeightedBatch batch;
    private final WeightPass still;
    private final long modelHash;
    private double n = 1;

    Trainer(Belief belief, Reservoir reservoir) {
        ModelSpec model = belief.shape().spec();
        this.belief = belief;
        this.spec = model.learning();
        this.reservoir = reservoir;
        this.prior = Prior.of(belief.shape().layout(), model.network().priorScale());
        int capacity = spec.batch().size() + spec.replay().events();
        this.estimator = Estimator.of(
                spec.elbo().estimator(),
                belief.shape().layout(),
                model.network().activation(),
                capacity,
                spec.elbo().tolerance());
        this.rule = UpdateRule.of(spec, prior);
        this.gradient = new ElboGradient(belief.shape().layout().size());
        this.batch = new WeightedBatch(capacity, belief.shape().layout().inputs());
        this.still = new WeightPass(belief.shape().layout(), model.network().activation(), capacity);
        this.modelHash = CounterRandom.hash(belief.modelKey());
    }

    /** Updates on a minibatch; whether every inner step was applied. */
    boolean train(List<Observation> fresh) {
        boolean early =
                spec.replay().events() > 0 && belief.events() <= spec.batch().earlyEvents();
        int steps = early ? spec.batch().earlyInnerSteps() : spec.batch().innerSteps();
        boolean applied = true;
        Member rival = belief.rival();
        if (rival != null && reservoir.full()) {
            applied = steps(rival, fresh, steps);
        }
        return applied & steps(belief.champion(), fresh, steps);
    }

    private boolean steps(Member member, List<Observation> fresh, int steps) {
        Prior against = against(member);
        boolean applied = true;
        for (int k = 0; k < steps; k++) {
            applied &= step(member, fresh, against, k);
        }
        return applied;
    }

    /** The events that a member stands for, N. */
    private double events(Member member, int fresh) {
        NPolicy policy = spec.elbo().nPolicy();
        return policy == NPolicy.RECURSIVE
                ? fresh
                : policy.events((long) member.memory(), spec.elbo().nValue());
    }

    private Prior against(Member member) {
        Posterior anchor = belief.anchor();
        if (spec.elbo().nPolicy() == NPolicy.RECURSIVE) {
            return Prior.of(member.iterate());
        }
        return anchor != null && member == belief.champion() ? Prior.of(anchor) : priorNow();
    }

    /** Expected negative log-likelihood of the last step's estimate, scaled to N events, nats. */
    double fit() {
        return gradient.fit * n;
    }

    /** KL(q‖p) of the posterior from the prior, nats. */
    double kl() {
        return KlDivergence.of(
                belief.champion().iterate().mu(), belief.champion().iterate().sigma2(), priorNow());
    }

    private Prior priorNow() {
        boolean fitted = belief.shape().spec().network().priorFitted();
        return fitted ? prior.fitted(belief.shape().layout(), belief.champion().iterate()) : prior;
    }

    private boolean step(Member member, List<Observation> fresh, Prior against, int inner) {
        boolean recentOnly = member != belief.champion();
        ModelSpec model = belief.shape().spec();
        long key = belief.events() * MOST_STEPS + inner;
        n = events(member, fresh.size());
        assemble(
                fresh,
                recentOnly,
                CounterRandom.of(model.seed(), modelHash, key, recentOnly ? Purpose.RIVAL_REPLAY : Purpose.REPLAY));
        CounterRandom noise =
                CounterRandom.of(model.seed(), modelHash, key, recentOnly ? Purpose.RIVAL_GRADIENT : Purpose.GRADIENT);
        estimator.estimate(
                batch,
                member.iterate(),
                member.likelihood(belief.standardisation()),
                spec.elbo().samples(),
                noise,
                gradient);
        if (!gradient.within(HUGE)) {
            belief.refuse();
            return false;
        }
        member.move(rule, gradient, against, spec.elbo().klWeight(member.memory()) / n);
        correlate(member, fresh.size());
        if (!recentOnly) {
            belief.applied();
        }
        return true;
    }

    /** Lets the covariance of the output's weights follow, where there is one. */
    private void correlate(Member member, int fresh) {
        if (member.last().due(member.steps()) && member.noise() instanceof ObservationNoise noise) {
            still.forward(batch.size, batch.x, member.posterior().mu());
            double events = spec.elbo().nPolicy() == NPolicy.RECURSIVE ? member.memory() : events(member, fresh);
            member.last()
                    .learn(
                            member.steps(),
                            batch.size,
                            still.features(),
                            batch.weight,
                            events,
                            member.last().share(noise.variance()) * noise.variance());
        }
    }

    private void assemble(List<Observation> fresh, boolean recentOnly, CounterRandom noise) {
        Standardisation standardisation = belief.standardisation();
        int b = fresh.size();
        int r = (recentOnly ? reservoir.recent() : reservoir.size()) == 0
                ? 0
                : spec.replay().events();
        float weight = (float) (spec.replay().weighting().fresh(n, b, r) / n);
        float replayed = r == 0 ? 0 : (float) (spec.replay().weighting().replayed(n, b, r) / n);
        batch.size = b + r;
        for (int i = 0; i < b; i++) {
            standardisation.columns().apply(fresh.get(i).features(), batch.x, i * batch.width);
            batch.y[i] = standardisation.target(fresh.get(i).label());
            batch.weight[i] = weight * leverage(i);
        }
        for (int i = b; i < b + r; i++) {
            Observation event = reservoir.draw(noise, recentOnly);
            standardisation.columns().applyToPast(event.features(), batch.x, i * batch.width);
            batch.y[i] = standardisation.pastTarget(event.label());
            batch.weight[i] = replayed * leverage(i);
        }
    }

    /** What is left of the weight of an event, by how far out its features are. */
    private float leverage(int i) {
        float largest = FAR;
        for (int j = i * batch.width; j < (i + 1) * batch.width; j++) {
            largest = Math.max(largest, Math.abs(batch.x[j]));
        }
        return (FAR / largest) * (FAR / largest);
    }
}
