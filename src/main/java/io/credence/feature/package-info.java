/** From named fields to numbers: encoding, missing values, running standardisation and minibatches. */
@NullMarked
package io.credence.feature;

import org.jspecify.annotations.NullMarked;
