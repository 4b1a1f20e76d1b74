package io.credence.bayes.inference;

/**
 * How one stochastic gradient moves the posterior.
 *
 * <p>The loss is divided by N, so that step sizes do not depend on how long the stream has run:
 * L/N = (1/N)·Σᵢ cᵢ·−log p(yᵢ) + (β/N)·KL.
 */
interface UpdateRule {
    /**
     * Moves {@code q} and {@code moments} by one step.
     *
     * @param gradient ∂/∂(μ, σ²) of the expected negative log-likelihood, divided by N; used up
     * @param prior of the weights
     * @param klWeight β/N
     * @param moments {@link RuleKind#momentVectors()} vectors, zero before the first step
     * @param age number of this step, and how old it counts
     */
    void apply(Posterior q, ElboGradient gradient, Prior prior, double klWeight, float[][] moments, Age age);

    /**
     * When a step is taken.
     *
     * @param step its number, from 1
     * @param decayed steps by whose number the step size has decayed: no more than the number of events that the
     *     posterior stands for
     */
    record Age(long step, double decayed) {}

    /** Share of the newest Hessian estimate: a memory of a thousand steps. */
    double HESSIAN_RATE = 1e-3;

    /** Step of μ relative to a Newton step, for each unit of Adam's rate. */
    double NEWTON_SHARE = 10;

    static UpdateRule of(LearningSpec spec, Prior prior) {
        LearningSpec.Optimiser o = spec.optimiser();
        RhoBounds bounds = RhoBounds.of(prior);
        return switch (o.rule()) {
            case ADAM -> new AdamRule(o.muRate(), o.rhoRate(), o.rateHorizon(), bounds);
            case VON -> new VonRule(NEWTON_SHARE * o.muRate(), HESSIAN_RATE, o.rateHorizon(), bounds);
        };
    }
}
