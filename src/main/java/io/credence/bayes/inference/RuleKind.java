package io.credence.bayes.inference;

/** The update rules a user may name. */
public enum RuleKind {
    /** Bayes by backprop (Blundell et al. 2015) with Adam on μ and ρ. */
    ADAM(4),
    /** Improved variational online Newton (Shen et al. 2024): natural gradient, no rate of its own for σ. */
    VON(2);

    private final int momentVectors;

    RuleKind(int momentVectors) {
        this.momentVectors = momentVectors;
    }

    /** Moment vectors that the rule keeps, each as long as the parameters. */
    int momentVectors() {
        return momentVectors;
    }
}
