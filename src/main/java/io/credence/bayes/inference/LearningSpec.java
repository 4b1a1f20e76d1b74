package io.credence.bayes.inference;

/**
 * How the posterior is updated.
 *
 * @param batch when a minibatch closes, and how often it is used
 * @param replay past events that join
 * @param elbo what is optimised
 * @param optimiser how a gradient moves the posterior
 * @param rival when a learner of the last events takes over
 * @param drift whether the drift layer corrects predictions
 * @param labelDelay events that are asked about between an event and the arrival of its label
 */
public record LearningSpec(
        Batch batch, Replay replay, Elbo elbo, Optimiser optimiser, Rival rival, boolean drift, int labelDelay) {
    /** The largest label delay: all events that wait are in the state. */
    public static final int MOST_LABEL_DELAY = 1000;

    /** @throws IllegalArgumentException if a setting is out of range */
    public LearningSpec {
        Settings.atLeast("labelDelay", labelDelay, 0);
        if (labelDelay > MOST_LABEL_DELAY) {
            throw Settings.refused("labelDelay", labelDelay, "at most " + MOST_LABEL_DELAY);
        }
    }

    /**
     * When a minibatch closes, and how often it is used.
     *
     * @param size fresh events in a minibatch, |B|
     * @param lingerMs event-time milliseconds after which an open minibatch closes; 0 means never
     * @param innerSteps updates on each minibatch, each with its own replayed events and noise
     * @param earlyInnerSteps the same while fewer than {@code earlyEvents} were seen and past events join; without
     *     them the same few events would count more than once
     * @param earlyEvents how long early is
     */
    public record Batch(int size, long lingerMs, int innerSteps, int earlyInnerSteps, long earlyEvents) {
        /** @throws IllegalArgumentException if a setting is out of range */
        public Batch {
            Settings.atLeast("batchSize", size, 1);
            Settings.atLeast("batchLingerMs", lingerMs, 0);
            Settings.atLeast("innerSteps", innerSteps, 1);
            Settings.atLeast("earlyInnerSteps", earlyInnerSteps, 1);
            Settings.atLeast("earlyEvents", earlyEvents, 0);
        }
    }

    /**
     * Past events that join each update.
     *
     * @param events how many are drawn, r; 0 is off
     * @param capacity slots of the reservoir
     * @param weighting how they count
     */
    public record Replay(int events, int capacity, ReplayWeighting weighting) {
        /** @throws IllegalArgumentException if a setting is out of range */
        public Replay {
            Settings.atLeast("replayEvents", events, 0);
            if (capacity < events) {
                throw Settings.refused("replayCapacity", capacity, "at least replayEvents, which is " + events);
            }
        }
    }

    /**
     * What is optimised: the N-scaled, tempered evidence lower bound.
     *
     * @param estimator how its gradient is sampled
     * @param samples Monte-Carlo samples of the gradient, S
     * @param nPolicy what N is
     * @param nValue the window or the fixed N, for the policies that have one
     * @param klWeight least β of a tempered posterior; 1 is the plain ELBO
     * @param klFullEvents events N from which on β is 1; below, it is N's share of that number, but not less than
     *     {@code klWeight}; 0 leaves β at {@code klWeight}
     * @param tolerance deviations of the noise up to which a label counts in full, and beyond which its pull stays
     *     bounded; 0 is off
     */
    public record Elbo(
            EstimatorKind estimator,
            int samples,
            NPolicy nPolicy,
            long nValue,
            double klWeight,
            long klFullEvents,
            double tolerance) {
        /** @throws IllegalArgumentException if a setting is out of range */
        public Elbo {
            Settings.atLeast("gradientSamples", samples, 1);
            Settings.atLeast("nEvents", nValue, 1);
            Settings.atLeast("klWeight", klWeight, 0);
            Settings.atLeast("klFullEvents", klFullEvents, 0);
            Settings.atLeast("tolerance", tolerance, 0);
        }

        /** β of a member that stands for {@code events} events. */
        double klWeight(double events) {
            double rising = klFullEvents == 0 ? 0 : Math.min(1, events / klFullEvents);
            return Math.max(klWeight, rising);
        }
    }

    /**
     * How a gradient moves the posterior.
     *
     * @param rule the update rule
     * @param muRate first step size of μ
     * @param rhoRate first step size of ρ
     * @param rateHorizon steps after which the rates have fallen to 1/√2
     * @param initialScale σ at the start, relative to the prior's σ₀
     * @param averageHorizon steps over which the posterior that predicts is averaged; 1 is off
     */
    public record Optimiser(
            RuleKind rule,
            double muRate,
            double rhoRate,
            double rateHorizon,
            double initialScale,
            double averageHorizon) {
        /** @throws IllegalArgumentException if a setting is out of range */
        public Optimiser {
            Settings.atLeast("muRate", muRate, 0);
            Settings.atLeast("rhoRate", rhoRate, 0);
            Settings.above("rateHorizon", rateHorizon, 0);
            Settings.above("initialScale", initialScale, 0);
            Settings.atLeast("averageHorizon", averageHorizon, 1);
        }
    }

    /**
     * When a learner that knows only the last events takes the place of the one that knows all.
     *
     * @param events how many the last are, W; 0 is off
     * @param evidence h, nats: how much better the last learner must have predicted since any past moment
     */
    public record Rival(int events, double evidence) {
        /** @throws IllegalArgumentException if a setting is out of range */
        public Rival {
            Settings.atLeast("rivalEvents", events, 0);
            if (events > MOST_EVENTS) {
                throw Settings.refused("rivalEvents", events, "at most " + MOST_EVENTS);
            }
            Settings.above("rivalEvidence", evidence, 0);
        }

        private static final int MOST_EVENTS = 1_000_000;
    }

    /** The defaults: one configuration for every data set. */
    public static LearningSpec defaults() {
        return new LearningSpec(
                new Batch(1, 0, 1, 2, 1000),
                new Replay(64, 10_000, ReplayWeighting.POOLED),
                new Elbo(EstimatorKind.LOCAL, 1, NPolicy.SEEN, 10_000, 0.1, 30_000, 3),
                new Optimiser(RuleKind.ADAM, 0.01, 0.03, 1000, 0.02, 100),
                new Rival(1000, 100),
                true,
                0);
    }
}
