package io.credence.topology;

import io.credence.event.MetricSums;
import io.credence.inference.OnlineLearner;

/** The learner's test-then-train sums as the metrics record takes them. */
final class Sums {
    private Sums() {}

    static MetricSums of(OnlineLearner learner) {
        return new MetricSums(learner.events(), 0, 0, 0, 0, 0, 0, 0);
    }
}
