/** Prequential and held-out evaluation of the learner over CSV files. */
@Internal
@NullMarked
package io.credence.tool.evaluate;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
