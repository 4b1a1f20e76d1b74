package io.credence.bayes.inference;

/**
 * How predictions are made.
 *
 * @param samples Monte-Carlo samples, S
 * @param interval probability of the central interval, such as 0.95
 * @param warmupEvents labelled events before which a model counts as warming up
 */
public record PredictiveSpec(int samples, double interval, long warmupEvents) {
    static PredictiveSpec defaults() {
        return new PredictiveSpec(32, 0.95, 100);
    }
}
