/** Tracking of drift: a bank of dynamic models on top of the network, mixed online by how well they predict. */
@Internal
@NullMarked
package io.credence.bayes.drift;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
