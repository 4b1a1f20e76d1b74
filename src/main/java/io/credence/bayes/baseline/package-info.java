/** The forecasts that a learner has to beat: last label, mean of all labels, and recursive least squares. */
@Internal
@NullMarked
package io.credence.bayes.baseline;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
