package io.credence.event;

/**
 * Sums of the test-then-train metrics since a model's beginning.
 *
 * @param n events that were predicted before they were learned
 * @param squaredError sum of squared errors of the mean
 * @param absoluteError sum of absolute errors of the mean
 * @param negativeLogLikelihood sum of negative log-likelihoods, nats
 * @param covered labels inside the predictive interval
 * @param correct labels that were the most probable class
 * @param lastValueSquaredError baseline: sum of squared errors of predicting the previous label
 * @param runningMeanSquaredError baseline: sum of squared errors of predicting the mean of all labels before
 */
public record MetricSums(
        long n,
        double squaredError,
        double absoluteError,
        double negativeLogLikelihood,
        long covered,
        long correct,
        double lastValueSquaredError,
        double runningMeanSquaredError) {}
