/** The ND4J wall: arrays, BLAS and seeded noise. */
@NullMarked
package io.credence.bayes.linalg;

import org.jspecify.annotations.NullMarked;
