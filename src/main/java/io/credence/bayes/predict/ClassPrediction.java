package io.credence.bayes.predict;

import io.credence.bayes.linalg.Elementary;

/**
 * The predictive distribution of a class; the logarithm of a probability is that of 1e-15 at least.
 *
 * @param probabilities predictive probability of each class; the array is owned by this value
 * @param mean for two classes the probability of class 1, for more the index of the likeliest class
 * @param epistemicVariance summed variance of the sampled probabilities (of class 1 alone for two classes)
 * @param aleatoricVariance mean summed Bernoulli variance of the one-hot label (of class 1 alone for two classes)
 * @param entropy entropy of the predictive probabilities, nats
 * @param mutualInformation entropy less the mean entropy of the samples, nats: BALD (Houlsby et al. 2011)
 * @param flags what is unusual about it
 */
public record ClassPrediction(
        double[] probabilities,
        double mean,
        double epistemicVariance,
        double aleatoricVariance,
        double entropy,
        double mutualInformation,
        Flags flags)
        implements Prediction {
    private static final double TINY = 1e-15;

    /** A prediction without flags. */
    public ClassPrediction(
            double[] probabilities,
            double mean,
            double epistemicVariance,
            double aleatoricVariance,
            double entropy,
            double mutualInformation) {
        this(probabilities, mean, epistemicVariance, aleatoricVariance, entropy, mutualInformation, Flags.NONE);
    }

    @Override
    public ClassPrediction with(Flags other) {
        return new ClassPrediction(
                probabilities, mean, epistemicVariance, aleatoricVariance, entropy, mutualInformation, other);
    }

    /** Index of the likeliest class, the first of equals. */
    public int likeliest() {
        return Elementary.largest(probabilities);
    }

    @Override
    public double logLikelihood(double label) {
        return Math.log(Math.max(probabilities[(int) label], TINY));
    }
}
