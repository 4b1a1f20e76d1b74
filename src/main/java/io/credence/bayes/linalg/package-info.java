/** The ND4J wall: arrays, BLAS and seeded noise; and elementary functions. */
@Internal
@NullMarked
package io.credence.bayes.linalg;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
