package io.credence.bayes.inference;

import io.credence.bayes.network.Likelihood;
import io.credence.bayes.predict.Moments;

/** What a member has learned of how labels vary around what it says. */
sealed interface Noise permits ObservationNoise, Dispersion {
    /** The stored form. */
    double[] toArray();

    Noise copy();

    /** The likelihood of a label, given its shape and the units of the labels. */
    Likelihood likelihood(Shape shape, Standardisation units);

    /**
     * Takes a label with what was said of it.
     *
     * @param y the label in the unit of what was said
     * @param t events that the member stands for
     */
    void learn(Moments said, double y, long t, Standardisation units);
}
