/** The forecasts that a learner has to beat: last label, mean of all labels, and recursive least squares. */
@NullMarked
package io.credence.bayes.baseline;

import org.jspecify.annotations.NullMarked;
