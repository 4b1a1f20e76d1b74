/** The multi-layer perceptron: parameter layout, forward and backward passes, activations and likelihoods. */
@Internal(except = {Activation.class})
@NullMarked
package io.credence.bayes.network;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
