package io.credence.bayes.inference;

import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.ParameterLayout;

/**
 * What a model specification means for arrays: layout, likelihood and the fingerprint that stored states carry.
 *
 * @param spec the model
 * @param layout of its parameters
 */
record Shape(ModelSpec spec, ParameterLayout layout) {
    static Shape of(ModelSpec spec) {
        int outputs =
                switch (spec.network().likelihood()) {
                    case HETEROSCEDASTIC -> 2;
                    case CATEGORICAL -> spec.label().classCount();
                    default -> 1;
                };
        return new Shape(
                spec,
                new ParameterLayout(spec.features().width(), spec.network().hidden(), outputs));
    }

    /** The likelihood, with the given noise where it has one. */
    Likelihood likelihood(double noise) {
        return switch (spec.network().likelihood()) {
            case GAUSSIAN -> new Likelihood.Gaussian(noise);
            case HETEROSCEDASTIC -> new Likelihood.Heteroscedastic();
            case BERNOULLI -> new Likelihood.Bernoulli();
            case CATEGORICAL -> new Likelihood.Categorical(spec.label().classCount());
            case POISSON -> new Likelihood.Poisson();
        };
    }

    /** Whether the target is standardised. */
    boolean realTarget() {
        return spec.label().task() == Task.REGRESSION;
    }

    /** Whether one noise variance is learned. */
    boolean learnsNoise() {
        return spec.network().likelihood() == LikelihoodKind.GAUSSIAN;
    }

    /** Whether the label is one of two classes. */
    boolean binary() {
        return spec.network().likelihood() == LikelihoodKind.BERNOULLI;
    }

    /** Whether a drift layer corrects predictions: on request, for real targets and two classes. */
    boolean drifts() {
        return spec.learning().drift() && (realTarget() || binary());
    }

    /** Identity of the shape: two models may share stored bytes only if it is equal. */
    long fingerprint() {
        return CounterRandom.hash(String.join(
                "|",
                spec.features().columns().toString(),
                spec.label().toString(),
                spec.network().hidden().toString(),
                spec.network().activation().name(),
                spec.network().likelihood().name(),
                spec.learning().optimiser().rule().name(),
                Boolean.toString(spec.learning().drift())));
    }
}
