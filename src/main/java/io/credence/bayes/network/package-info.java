/** The multi-layer perceptron: parameter layout, forward and backward passes, activations and likelihoods. */
@NullMarked
package io.credence.bayes.network;

import org.jspecify.annotations.NullMarked;
