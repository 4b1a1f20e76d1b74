package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.LabelEncoder;

/**
 * What a model is: everything that, together with the events, decides its posterior.
 *
 * @param features the encoding of the input
 * @param label the encoding of the target, with the task
 * @param network hidden layers, activation, likelihood and prior
 * @param learning how the posterior is updated
 * @param predictive how predictions are made
 * @param seed of all noise
 */
public record ModelSpec(
        FeatureEncoder features,
        LabelEncoder label,
        NetworkSpec network,
        LearningSpec learning,
        PredictiveSpec predictive,
        long seed) {

    /** The seed unless another is set. */
    public static final long DEFAULT_SEED = 42;

    /** What this specification means for arrays: the fingerprint, and the lengths of a state's parts. */
    public Shape shape() {
        return Shape.of(this);
    }

    /** A builder in which everything but features and task has its default. */
    public static ModelSpecBuilder builder() {
        return new ModelSpecBuilder(new SpecDraft());
    }

    /** A builder that begins with this specification, to change some settings of it. */
    public ModelSpecBuilder toBuilder() {
        return new ModelSpecBuilder(new SpecDraft(this));
    }

    /** The default specification for a task: what {@code evaluate} uses when nothing is set. */
    public static ModelSpec defaults(FeatureEncoder features, LabelEncoder label) {
        return new ModelSpec(
                features,
                label,
                NetworkSpec.defaults(label.task()),
                LearningSpec.defaults(),
                PredictiveSpec.defaults(),
                DEFAULT_SEED);
    }
}
