/** Variational inference: posterior, prior, ELBO, update rules, replay and the online learner that folds them over a stream. */
@Internal(
        except = {
            Change.class,
            EstimatorKind.class,
            LearnerState.class,
            LearningSpec.class,
            ModelSpec.class,
            ModelSpecBuilder.class,
            NPolicy.class,
            NetworkSpec.class,
            PredictiveSpec.class,
            ReplayWeighting.class,
            Reservoir.class,
            RuleKind.class,
            Shape.class,
            Step.class
        })
@NullMarked
package io.credence.bayes.inference;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
