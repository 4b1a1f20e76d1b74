/** Uncertainty flags and alert rules: pure decisions. */
@Internal
@NullMarked
package io.credence.bayes.alert;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
