package io.credence.bayes.drift;

import io.credence.bayes.predict.Moments;

/**
 * What the network says of one event, as the bank takes it.
 *
 * @param output the standardised mean, or the logit
 * @param variance of the output, epistemic
 * @param mean the output again, or the probability
 * @param aleatoric variance of the noise of a real target
 */
record Said(double output, double variance, double mean, double aleatoric) {
    /** How many numbers these are. */
    static final int SIZE = 4;

    private static final double SUREST = 1e-9;

    static Said of(Moments network) {
        return new Said(network.output(), network.outputVariance(), network.mean(), network.aleatoric());
    }

    /** What it says of one class of several, against all others. */
    static Said of(double probability) {
        double p = Math.max(SUREST, Math.min(1 - SUREST, probability));
        return new Said(Math.log(p / (1 - p)), 0, p, 0);
    }

    /** The same in another unit of a real target. */
    Said rescaled(double factor, double shift) {
        double moved = factor * output + shift;
        return new Said(moved, factor * factor * variance, moved, factor * factor * aleatoric);
    }
}
