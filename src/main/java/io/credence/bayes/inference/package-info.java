/** Variational inference: posterior, prior, ELBO, update rules, replay and the online learner that folds them over a stream. */
@NullMarked
package io.credence.bayes.inference;

import org.jspecify.annotations.NullMarked;
