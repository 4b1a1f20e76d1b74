/** What is usual, what is flagged, and how unusual events become episodes that people are told of: pure decisions. */
@Internal(except = Question.class)
@NullMarked
package io.credence.bayes.alert;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
