package io.credence.bayes.predict;

/**
 * The predictive distribution of a real target: its density is that of the normal with the same mean and variance.
 *
 * @param mean predictive mean, target units
 * @param epistemicVariance variance of the sample means, target units squared
 * @param aleatoricVariance mean noise variance, target units squared
 * @param lower lower end of the central interval, target units
 * @param upper upper end of the central interval, target units
 */
public record RealPrediction(
        double mean, double epistemicVariance, double aleatoricVariance, double lower, double upper)
        implements Prediction {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    @Override
    public double logLikelihood(double label) {
        double z2 = (label - mean) * (label - mean) / variance();
        return -0.5 * (LOG_TWO_PI + Math.log(variance()) + z2);
    }
}
