package io.credence.topology;

import io.credence.event.MetricSums;
import io.credence.inference.PrequentialSums;

/** The learner's test-then-train sums as the metrics record takes them. */
final class Sums {
    private Sums() {}

    static MetricSums of(PrequentialSums sums) {
        return new MetricSums(
                sums.n(),
                sums.squaredError(),
                sums.absoluteError(),
                sums.negativeLogLikelihood(),
                sums.covered(),
                sums.correct(),
                sums.lastValueSquaredError(),
                sums.runningMeanSquaredError());
    }
}
