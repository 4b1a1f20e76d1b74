/** Prequential and held-out evaluation of the learner over CSV files. */
@NullMarked
package io.credence.tool.evaluate;

import org.jspecify.annotations.NullMarked;
