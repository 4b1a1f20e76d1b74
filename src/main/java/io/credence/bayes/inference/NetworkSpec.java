package io.credence.bayes.inference;

import io.credence.bayes.feature.Task;
import io.credence.bayes.network.Activation;
import java.util.List;

/**
 * The network and its prior.
 *
 * @param hidden units of each hidden layer; empty for a linear model
 * @param activation of the hidden layers
 * @param likelihood of the label given the network's output
 * @param priorScale σ₀ of every weight, or 0 for a multiple of 1/√fan-in
 * @param priorFitted whether each layer's σ₀ follows the posterior (empirical Bayes)
 */
public record NetworkSpec(
        List<Integer> hidden,
        Activation activation,
        LikelihoodKind likelihood,
        double priorScale,
        boolean priorFitted) {
    /** The likelihoods a user may name. */
    public enum LikelihoodKind {
        GAUSSIAN,
        HETEROSCEDASTIC,
        BERNOULLI,
        CATEGORICAL,
        NEGATIVE_BINOMIAL
    }

    /** @throws IllegalArgumentException if a layer has no unit, or the prior's scale is negative */
    public NetworkSpec {
        hidden = List.copyOf(hidden);
        hidden.forEach(units -> Settings.atLeast("units of a hidden layer", units, 1));
        Settings.atLeast("priorScale", priorScale, 0);
    }

    /** The default network for a task. */
    public static NetworkSpec defaults(Task task) {
        return new NetworkSpec(List.of(64, 64), Activation.RELU, likelihoodOf(task), 0, false);
    }

    /** The likelihood that fits a task unless another is named. */
    public static LikelihoodKind likelihoodOf(Task task) {
        return switch (task) {
            case REGRESSION -> LikelihoodKind.GAUSSIAN;
            case BINARY -> LikelihoodKind.BERNOULLI;
            case MULTICLASS -> LikelihoodKind.CATEGORICAL;
            case COUNT -> LikelihoodKind.NEGATIVE_BINOMIAL;
        };
    }
}
