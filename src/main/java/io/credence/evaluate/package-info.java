/** Prequential and held-out evaluation of the learner over CSV files. */
@NullMarked
package io.credence.evaluate;

import org.jspecify.annotations.NullMarked;
