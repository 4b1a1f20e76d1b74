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
    private static final double AVERAGE_LAG = 10;

    private final Learned learned;
    private final LearningSpec spec;
    private final Reservoir reservoir;
    private final Prior prior;
    private final Estimator estimator;
    private final UpdateRule rule;
    private final ElboGradient gradient;
    private final WeightedBatch batch;
    private final long modelHash;
    private double n = 1;

    Trainer(Learned learned, Reservoir reservoir) {
        ModelSpec model = learned.shape.spec();
        this.learned = learned;
        this.spec = model.learning();
        this.reservoir = reservoir;
        this.prior = Prior.of(learned.shape.layout(), model.network().priorScale());
        int capacity = spec.batch().size() + spec.replay().events();
        this.estimator = Estimator.of(
                spec.elbo().estimator(), learned.shape.layout(), model.network().activation(), capacity);
        this.rule = UpdateRule.of(spec, prior);
        this.gradient = new ElboGradient(learned.shape.layout().size());
        this.batch = new WeightedBatch(capacity, learned.shape.layout().inputs());
        this.modelHash = CounterRandom.hash(learned.modelKey);
    }

    /** Updates on a minibatch; whether every inner step was applied. */
    boolean train(List<Observation> fresh) {
        NPolicy policy = spec.elbo().nPolicy();
        boolean recursive = policy == NPolicy.RECURSIVE;
        n = recursive ? fresh.size() : policy.events(learned.events, spec.elbo().nValue());
        Prior against = recursive ? Prior.of(learned.iterate) : priorNow();
        boolean early =
                spec.replay().events() > 0 && learned.events <= spec.batch().earlyEvents();
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
        return KlDivergence.of(learned.iterate.mu(), learned.iterate.sigma2(), priorNow());
    }

    private Prior priorNow() {
        boolean fitted = learned.shape.spec().network().priorFitted();
        return fitted ? prior.fitted(learned.shape.layout(), learned.iterate) : prior;
    }

    private boolean step(List<Observation> fresh, Prior against, int inner) {
        ModelSpec model = learned.shape.spec();
        long key = learned.events * MOST_STEPS + inner;
        assemble(fresh, CounterRandom.of(model.seed(), modelHash, key, Purpose.REPLAY));
        gradient.clear();
        Likelihood likelihood = learned.shape.likelihood(learned.noise.variance());
        CounterRandom noise = CounterRandom.of(model.seed(), modelHash, key, Purpose.GRADIENT);
        estimator.add(batch, learned.iterate, likelihood, spec.elbo().samples(), noise, gradient);
        if (!gradient.within(HUGE)) {
            learned.rejected++;
            return false;
        }
        learned.step++;
        rule.apply(
                learned.iterate,
                gradient,
                against,
                spec.elbo().klWeight(learned.events) / n,
                learned.moments,
                learned.step);
        average();
        return true;
    }

    private void assemble(List<Observation> fresh, CounterRandom noise) {
        int b = fresh.size();
        int r = reservoir.size() == 0 ? 0 : spec.replay().events();
        float weight = (float) (spec.replay().weighting().fresh(n, b, r) / n);
        float replayed = r == 0 ? 0 : (float) (spec.replay().weighting().replayed(n, b, r) / n);
        batch.size = b + r;
        for (int i = 0; i < b + r; i++) {
            Observation event = i < b ? fresh.get(i) : reservoir.get((int) noise.below(reservoir.size()));
            learned.standardizer.apply(event.features(), batch.x, i * batch.width);
            batch.y[i] = (event.label() - learned.targetMean()) / learned.targetScale();
            batch.weight[i] = i < b ? weight : replayed;
        }
    }

    /** Moves the posterior that predicts towards the iterate: a mean over the last steps (Polyak & Juditsky 1992). */
    private void average() {
        float weight = (float) Math.max(
                AVERAGE_LAG / (learned.step + AVERAGE_LAG), 1 / spec.optimiser().averageHorizon());
        learned.posterior.moveTowards(learned.iterate, Math.min(1, weight));
    }
}
