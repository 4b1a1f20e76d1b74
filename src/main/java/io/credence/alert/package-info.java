/** Uncertainty flags and alert rules: pure decisions. */
@NullMarked
package io.credence.alert;

import org.jspecify.annotations.NullMarked;
