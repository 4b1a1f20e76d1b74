/** Uncertainty flags and alert rules: pure decisions. */
@NullMarked
package io.credence.bayes.alert;

import org.jspecify.annotations.NullMarked;
