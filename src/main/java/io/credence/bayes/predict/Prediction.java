package io.credence.bayes.predict;

import java.util.List;

/**
 * The Monte-Carlo predictive distribution of one event's label.
 *
 * <p>By the law of total variance the variance is the sum of an epistemic part, which more data would remove, and an
 * aleatoric part, which it would not (Depeweg et al. 2018, eq. 2).
 */
public sealed interface Prediction permits RealPrediction, CountPrediction, ClassPrediction {
    /** Predictive mean in target units; for two classes the probability of class 1, for more the likeliest class. */
    double mean();

    /** Variance over the S samples of their means, the square of target units; of probabilities for classes. */
    double epistemicVariance();

    /** Mean over the S samples of their noise variances, the square of target units; of one-hot labels for classes. */
    double aleatoricVariance();

    /**
     * Log-density of a label in target units, of counts and classes its log-probability; natural logarithm.
     *
     * @param label in target units, or the index of a class
     * @throws IndexOutOfBoundsException if there is no such class
     */
    double logLikelihood(double label);

    /**
     * The probability integral transform of a label: the probability of a smaller one, by the density of {@link
     * #logLikelihood}. It is uniform where predictions are right. Of a count it is randomised, as its jumps would never
     * be (Czado et al. 2009); of a class it is NaN.
     *
     * @param label in target units
     * @param u uniform in (0, 1)
     */
    default double rank(double label, double u) {
        return Double.NaN;
    }

    /** What is unusual about it; nothing where it was made without looking. */
    Flags flags();

    /** The same with other flags. */
    Prediction with(Flags flags);

    /** Lower end of the central interval, in target units; NaN for classes, which have none. */
    default double lower() {
        return Double.NaN;
    }

    /** Upper end of the central interval, in target units; NaN for classes. */
    default double upper() {
        return Double.NaN;
    }

    /** Central intervals of several levels, rising and nested, in target units; empty for classes. */
    default List<Interval> intervals() {
        return List.of();
    }

    /** Whether a label, in target units, lies in the central interval; false for classes. */
    default boolean covers(double label) {
        return Measures.covers(lower(), upper(), label);
    }

    /** Predictive probability of each class; empty for numbers. Not to be written to. */
    default double[] probabilities() {
        return new double[0];
    }

    /** Total predictive variance: epistemic plus aleatoric. */
    default double variance() {
        return epistemicVariance() + aleatoricVariance();
    }

    /** Total predictive standard deviation: the root of {@link #variance}. */
    default double deviation() {
        return Math.sqrt(variance());
    }
}
