/** From named fields to numbers: encoding, missing values, running standardisation and minibatches. */
@NullMarked
package io.credence.bayes.feature;

import org.jspecify.annotations.NullMarked;
