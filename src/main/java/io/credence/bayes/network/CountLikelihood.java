package io.credence.bayes.network;

/**
 * A count whose rate is m = exp(offset + scale·f) and whose variance is φm + αm²: for φ = 1 the negative binomial of that
 * mean and variance, for α → 0 too the Poisson, else their quasi-likelihood (Wedderburn 1974).
 *
 * @param offset running log mean of the labels, so that f = 0 is the mean
 * @param scale running relative deviation of the labels, at most 1, so that f is of the order of 1 whatever their mean
 * @param phi φ &gt; 0
 * @param alpha α ≥ 0
 * @param highest largest log-rate
 */
public record CountLikelihood(double offset, double scale, double phi, double alpha, double highest)
        implements Likelihood {
    /*
     * Q(y, m) = ∫ (y − t)/(φt + αt²) dt is 1/φ times the logarithm of the negative binomial with mean m and shape
     * r = φ/α, up to a constant: ∂Q/∂m = (y − m)/(φm + αm²), so that ∂Q/∂f = scale·(y − m)/(φ + αm).
     * Weight: much of what α finds is what the network has not learned, which is no reason to care less for large rates. With
     * weight (φ + αm)/(φ + α√(m·m̄)), m̄ the mean of all, large rates count for more than their variance would have it and small ones
     * for less, half of the way to counting all errors alike.
     * Rates below LOWEST times the mean of the labels are none: no log-rate overflows.
     */
    private static final double LOWEST = 20;
    private static final double POISSON_LIMIT = 1e-9;

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double logLikelihood(float[] f, int at, double y) {
        double m = mean(f, at);
        if (alpha * m <= POISSON_LIMIT * phi) {
            return (y * Math.log(m) - m - LogGamma.of(y + 1)) / phi;
        }
        double r = phi / alpha;
        return (LogGamma.of(y + r)
                        - LogGamma.of(r)
                        - LogGamma.of(y + 1)
                        - r * Math.log1p(m / r)
                        - y * Math.log1p(r / m))
                / phi;
    }

    @Override
    public void gradient(float[] f, int at, double y, float weight, float[] df) {
        double log = offset + scale * f[at];
        double m = mean(f, at);
        double gradient = scale * weight * (m - y) / (phi + alpha * m);
        boolean held = log > highest && gradient < 0 || log < offset - LOWEST && gradient > 0;
        df[at] = held ? 0 : (float) gradient;
    }

    /** Against the variance at the rate or, where that is less, at the label, up to the mean of all: a low rate may rise. */
    @Override
    public double surprise(float[] f, int at, double y) {
        double m = mean(f, at);
        double likely = Math.max(m, Math.min(y, Math.exp(offset)));
        return (y - m) * (y - m) / Math.max(1, variance(likely));
    }

    @Override
    public double weight(float[] f, int at) {
        double m = mean(f, at);
        return (phi + alpha * m) / (phi + alpha * Math.sqrt(m * Math.exp(offset)));
    }

    @Override
    public double mean(float[] f, int at) {
        return Math.exp(Math.max(offset - LOWEST, Math.min(highest, offset + scale * f[at])));
    }

    @Override
    public double variance(float[] f, int at) {
        return variance(mean(f, at));
    }

    private double variance(double m) {
        return m * (phi + alpha * m);
    }
}
