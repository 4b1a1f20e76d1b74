/** Tracking of drift: a bank of dynamic models on top of the network, mixed online by how well they predict. */
@NullMarked
package io.credence.bayes.drift;

import org.jspecify.annotations.NullMarked;
