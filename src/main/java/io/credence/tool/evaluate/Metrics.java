package io.credence.tool.evaluate;

import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.predict.Prediction;
import java.util.Map;

/** Running sums of how good predictions were, each compared with the label that came later. One thread. */
sealed interface Metrics permits RealMetrics, ClassMetrics {
    /** The accumulator that fits a task. */
    static Metrics of(LabelEncoder label) {
        return label.classCount() == 0 ? new RealMetrics() : new ClassMetrics(label.classCount());
    }

    /**
     * Adds one prediction.
     *
     * @param prediction made without knowing the label
     * @param label in target units, or the index of the class
     */
    void add(Prediction prediction, double label);

    /** Predictions added so far. */
    long count();

    /** The means so far, by the name of their field in the output, in a fixed order; empty before the first. */
    Map<String, Double> values();
}
