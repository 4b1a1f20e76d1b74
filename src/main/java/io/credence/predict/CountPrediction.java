package io.credence.predict;

/**
 * The predictive distribution of a count: a Poisson whose rate is uncertain, matched by a negative binomial.
 *
 * @param mean predictive mean rate
 * @param epistemicVariance variance of the sample rates
 * @param aleatoricVariance mean Poisson variance, equal to the mean rate
 * @param lower lower end of the central interval
 * @param upper upper end of the central interval
 */
public record CountPrediction(
        double mean, double epistemicVariance, double aleatoricVariance, double lower, double upper)
        implements Prediction {
    @Override
    public double logLikelihood(double label) {
        throw new IllegalStateException("not yet");
    }
}
