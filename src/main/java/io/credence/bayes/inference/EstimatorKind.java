package io.credence.bayes.inference;

/** How the gradient of the expected log-likelihood is sampled. */
public enum EstimatorKind {
    /** Local reparameterisation: every event draws its own pre-activations. */
    LOCAL,
    /** One weight sample shared by the minibatch. */
    SHARED
}
