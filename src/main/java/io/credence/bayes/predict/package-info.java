/** Monte-Carlo prediction: weight samples, predictive distributions and their intervals. */
@Internal(
        except = {
            Attribution.class,
            ClassPrediction.class,
            CountPrediction.class,
            Flags.class,
            ModelInfo.class,
            ModelVersion.class,
            Prediction.class,
            Interval.class,
            Calibration.class,
            Predictor.class,
            RealPrediction.class
        })
@NullMarked
package io.credence.bayes.predict;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
