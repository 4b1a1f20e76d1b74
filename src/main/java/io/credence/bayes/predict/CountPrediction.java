package io.credence.bayes.predict;

import io.credence.bayes.network.LogGamma;

/**
 * The predictive distribution of a count: a Poisson whose rate is uncertain, matched by a negative binomial
 * of the same mean and variance (Gelman et al. 2013, section 2.6).
 *
 * @param mean predictive mean rate
 * @param epistemicVariance variance of the sample rates
 * @param aleatoricVariance mean Poisson variance, equal to the mean rate
 * @param lower lower end of the central interval, a whole number
 * @param upper upper end of the central interval, a whole number
 */
public record CountPrediction(
        double mean, double epistemicVariance, double aleatoricVariance, double lower, double upper)
        implements Prediction {
    /*
     * If the rate is Gamma distributed with mean m and variance e, the count is negative binomial with shape r = m²/e
     * and success odds m/r (Gelman et al. 2013, section 2.6). e → 0 is the Poisson.
     */
    private static final double POISSON_LIMIT = 1e-9;
    private static final int SEARCHED = 100_000;

    /** The prediction of a rate with mean {@code mean} and variance {@code epistemic}. */
    static CountPrediction of(double mean, double epistemic, double interval) {
        CountPrediction open = new CountPrediction(mean, epistemic, mean, 0, Double.POSITIVE_INFINITY);
        double tail = (1 - interval) / 2;
        return new CountPrediction(mean, epistemic, mean, open.quantile(tail), open.quantile(1 - tail));
    }

    @Override
    public double logLikelihood(double label) {
        double m = Math.max(mean, Double.MIN_NORMAL);
        if (epistemicVariance <= POISSON_LIMIT * m * m) {
            return label * Math.log(m) - m - LogGamma.of(label + 1);
        }
        double r = m * m / epistemicVariance;
        return LogGamma.of(label + r)
                - LogGamma.of(r)
                - LogGamma.of(label + 1)
                - r * Math.log1p(m / r)
                - label * Math.log1p(r / m);
    }

    /** The smallest count whose cumulative probability reaches p; by the normal form where counts are large. */
    private double quantile(double p) {
        double far = Math.max(0, Math.rint(mean + Quantiles.normal(p) * deviation()));
        if (mean + 10 * deviation() > SEARCHED) {
            return far;
        }
        double sum = 0;
        for (int k = 0; k < SEARCHED; k++) {
            sum += Math.exp(logLikelihood(k));
            if (sum >= p) {
                return k;
            }
        }
        return far;
    }
}
