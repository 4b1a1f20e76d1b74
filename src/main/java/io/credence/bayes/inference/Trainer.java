package io.credence.bayes.inference;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import java.util.List;

/** One update of the posterior on a minibatch and its replayed companions. */
final class Trainer {
    /*
     * Loss of a step, divided by N:  (1/N) Σᵢ cᵢ·−log p(yᵢ | xᵢ, w) + (β/N)·KL(q‖p), with cᵢ by ReplayWeighting.
     * A gradient with a number that is not finite, or beyond HUGE, is refused: its square would poison the moments.
     */
    private static final long MOST_STEPS = 1024;
    private static final float HUGE = 1e15f;

    private final Belief belief;
    private final LearningSpec spec;
    private final Reservoir reservoir;
    private final Prior prior;
    private final Estimator estimator;
    private final UpdateRule rule;
    private final ElboGradient gradient;
    private final WeightedBatch batch;
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
                capacity);
        this.rule = UpdateRule.of(spec, prior);
        this.gradient = new ElboGradient(belief.shape().layout().size());
        this.batch = new WeightedBatch(capacity, belief.shape().layout().inputs());
        this.modelHash = CounterRandom.hash(belief.modelKey());
    }

    /** Updates on a minibatch; whether every inner step was applied. */
    boolean train(List<Observation> fresh) {
        NPolicy policy = spec.elbo().nPolicy();
        boolean recursive = policy == NPolicy.RECURSIVE;
        n = recursive
                ? fresh.size()
                : policy.events(belief.events(), spec.elbo().nValue());
        Prior against = recursive ? Prior.of(belief.iterate()) : priorNow();
        boolean early =
                spec.replay().events() > 0 && belief.events() <= spec.batch().earlyEvents();
        int steps = early ? spec.batch().earlyInnerSteps() : spec.batch().innerSteps();
        boolean applied = true;
        for (int k = 0; k < steps; k++) {
            applied &= step(fresh, against, k);
        }
        return applied;
    }

    /** Expected negative log-likelihood of the last step's estimate, scaled to N events, nats. */
    double fit() {
        return gradient.fit * n;
    }

    /** KL(q‖p) of the posterior from the prior, nats. */
    double kl() {
        return KlDivergence.of(belief.iterate().mu(), belief.iterate().sigma2(), priorNow());
    }

    private Prior priorNow() {
        boolean fitted = belief.shape().spec().network().priorFitted();
        return fitted ? prior.fitted(belief.shape().layout(), belief.iterate()) : prior;
    }

    private boolean step(List<Observation> fresh, Prior against, int inner) {
        ModelSpec model = belief.shape().spec();
        long key = belief.events() * MOST_STEPS + inner;
        assemble(fresh, CounterRandom.of(model.seed(), modelHash, key, Purpose.REPLAY));
        gradient.clear();
        Likelihood likelihood = belief.likelihood();
        CounterRandom noise = CounterRandom.of(model.seed(), modelHash, key, Purpose.GRADIENT);
        estimator.add(batch, belief.iterate(), likelihood, spec.elbo().samples(), noise, gradient);
        if (!gradient.within(HUGE)) {
            belief.refuse();
            return false;
        }
        belief.move(rule, gradient, against, spec.elbo().klWeight(belief.events()) / n);
        return true;
    }

    private void assemble(List<Observation> fresh, CounterRandom noise) {
        Standardisation standardisation = belief.standardisation();
        int b = fresh.size();
        int r = reservoir.size() == 0 ? 0 : spec.replay().events();
        float weight = (float) (spec.replay().weighting().fresh(n, b, r) / n);
        float replayed = r == 0 ? 0 : (float) (spec.replay().weighting().replayed(n, b, r) / n);
        batch.size = b + r;
        for (int i = 0; i < b + r; i++) {
            Observation event = i < b ? fresh.get(i) : reservoir.get((int) noise.below(reservoir.size()));
            standardisation.columns().apply(event.features(), batch.x, i * batch.width);
            batch.y[i] = (event.label() - standardisation.targetMean()) / standardisation.targetScale();
            batch.weight[i] = i < b ? weight : replayed;
        }
    }
}
