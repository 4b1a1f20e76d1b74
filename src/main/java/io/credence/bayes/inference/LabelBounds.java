package io.credence.bayes.inference;

import io.credence.bayes.feature.LabelEncoder;

/** How the bounds of a label stand in a state: the least and the largest label, NaN for none. */
final class LabelBounds {
    static final int LENGTH = 2;

    private LabelBounds() {}

    static double[] store(LabelEncoder label) {
        return new double[] {
            label.min() > Double.NEGATIVE_INFINITY ? label.min() : Double.NaN,
            label.max() < Double.POSITIVE_INFINITY ? label.max() : Double.NaN
        };
    }

    static double min(double[] stored) {
        return Double.isNaN(stored[0]) ? Double.NEGATIVE_INFINITY : stored[0];
    }

    static double max(double[] stored) {
        return Double.isNaN(stored[1]) ? Double.POSITIVE_INFINITY : stored[1];
    }

    /** Whether there can be such bounds. */
    static boolean sound(double[] stored) {
        return min(stored) < max(stored);
    }
}
