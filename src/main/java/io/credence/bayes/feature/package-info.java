/** From named fields to numbers: encoding, missing values, running standardisation and minibatches. */
@Internal(
        except = {
            FeatureEncoder.class,
            FeatureSpec.class,
            FeatureVector.class,
            Foretold.class,
            LabelEncoder.class,
            Observation.class,
            Outcome.class,
            Rejection.class,
            Remembered.class,
            Task.class,
            UnseenCategory.class,
            ValueSource.class
        })
@NullMarked
package io.credence.bayes.feature;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
