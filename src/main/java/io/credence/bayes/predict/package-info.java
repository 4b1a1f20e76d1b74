/** Monte-Carlo prediction: weight samples, predictive distributions and their intervals. */
@NullMarked
package io.credence.bayes.predict;

import org.jspecify.annotations.NullMarked;
