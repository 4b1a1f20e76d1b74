package io.credence.bayes.inference;

/** The update rules a user may name. */
public enum RuleKind {
    /** Bayes by backprop (Blundell et al. 2015) with Adam on μ and ρ. */
    ADAM,
    /** Improved variational online Newton (Shen et al. 2024): natural gradient, no rate of its own for σ. */
    VON
}
