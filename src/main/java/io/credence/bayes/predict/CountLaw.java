package io.credence.bayes.predict;

import io.credence.bayes.network.LogGamma;
import java.util.Arrays;

/**
 * The distribution of a count with a given mean and variance: negative binomial, or Poisson where the variance is not above
 * the mean.
 *
 * <p>A Poisson whose rate is Gamma distributed is negative binomial (Gelman et al. 2013, section 2.6), so that this is
 * also the moment-matched mixture over uncertain rates.
 *
 * @param mean m &gt; 0
 * @param variance v
 */
record CountLaw(double mean, double variance) {
    /*
     * Shape r = m²/(v − m); v → m is the Poisson. Probabilities follow from their neighbours, P(k + 1)/P(k) =
     * (k + r)/(k + 1)·m/(m + r), and are added outwards from a count, away from the mean, until nothing is left.
     * Where that would be thousands of terms, counts are as good as continuous: the gamma distribution of the same mean,
     * variance and skewness (Pearson's type III), whose tail a whole count and a half begins.
     */
    private static final double POISSON_LIMIT = 1e-9;
    private static final double SUMMED = 256;
    private static final double REACH = 12;
    private static final double LEAST = 1e-12;
    private static final double NOTHING = 1e-14;
    private static final int MOST_TERMS = 100_000;
    /** The farthest score. */
    static final double FARTHEST = 37;

    CountLaw {
        mean = Math.max(mean, Double.MIN_NORMAL);
    }

    private boolean poisson() {
        return variance - mean <= POISSON_LIMIT * mean * mean;
    }

    private double shape() {
        return mean * mean / (variance - mean);
    }

    private double deviation() {
        return Math.sqrt(Math.max(mean, variance));
    }

    /** log P(k), nats. */
    double logMass(double k) {
        if (poisson()) {
            return k * Math.log(mean) - mean - LogGamma.of(k + 1);
        }
        double r = shape();
        return LogGamma.of(k + r)
                - LogGamma.of(r)
                - LogGamma.of(k + 1)
                - r * Math.log1p(mean / r)
                - k * Math.log1p(r / mean);
    }

    /** P(k + 1)/P(k). */
    double ratio(double k) {
        if (poisson()) {
            return mean / (k + 1);
        }
        double r = shape();
        return (k + r) / (k + 1) * (mean / (mean + r));
    }

    /** Whether the tail above a count is told rather than that up to it: the smaller of the two tells more digits. */
    private boolean high(double k) {
        return k >= mean;
    }

    /** P(Y ≤ k), or P(Y &gt; k) where {@link #high} says so. */
    private double tail(double k) {
        if (k < 0) {
            return 0;
        }
        if (deviation() > SUMMED) {
            double above = new Smooth(this).above(k);
            return high(k) ? above : 1 - above;
        }
        return high(k) ? sum(k + 1, 1) : sum(k, -1);
    }

    private double sum(double from, int step) {
        boolean poisson = poisson();
        double r = poisson ? 0 : shape();
        double odds = poisson ? mean : mean / (mean + r);
        double term = Math.exp(logMass(from));
        double sum = 0;
        double k = from;
        for (int n = 0; n < MOST_TERMS && k >= 0 && term > NOTHING * sum; n++) {
            sum += term;
            double lower = step > 0 ? k : k - 1;
            double ratio = poisson ? odds / (lower + 1) : (lower + r) / (lower + 1) * odds;
            term = step > 0 ? term * ratio : term / ratio;
            k += step;
        }
        return Math.min(1, sum);
    }

    /** P(Y ≤ k). */
    double cumulative(double k) {
        return high(k) ? 1 - tail(k) : tail(k);
    }

    /** The normal score Φ⁻¹(F(k − 1) + u·P(k)), held to ±{@value #FARTHEST}: standard normal if u is uniform in (0, 1). */
    double score(double k, double u) {
        double part = (1 - u) * mass(k);
        return high(k) ? -normal(tail(k) + part) : normal(tail(k) - part);
    }

    /** The normal scores Φ⁻¹(F(k − 1)) and Φ⁻¹(F(k)), between which k lies. */
    double[] scores(double k) {
        double mass = mass(k);
        if (high(k)) {
            double above = tail(k);
            return new double[] {-normal(above + mass), -normal(above)};
        }
        double below = tail(k - 1);
        return new double[] {normal(below), normal(below + mass)};
    }

    /** F(k) − F(k − 1), of the distribution that {@link #tail} is of. */
    private double mass(double k) {
        if (deviation() <= SUMMED) {
            return Math.exp(logMass(k));
        }
        Smooth smooth = new Smooth(this);
        return Math.max(0, (k > 0 ? smooth.above(k - 1) : 1) - smooth.above(k));
    }

    private static double normal(double p) {
        double held = Math.max(Double.MIN_NORMAL, Math.min(1 - 1e-16, p));
        return Math.max(-FARTHEST, Math.min(FARTHEST, Quantiles.normal(held)));
    }

    /**
     * For each normal score z the smallest count whose cumulative probability reaches Φ(z).
     *
     * @param z rising
     */
    double[] quantiles(double[] z) {
        return deviation() > SUMMED ? new Smooth(this).quantiles(z) : summed(z);
    }

    private double[] summed(double[] z) {
        double[] found = new double[z.length];
        double[] above = Arrays.stream(z).map(Normal::above).toArray();
        boolean poisson = poisson();
        double r = poisson ? 0 : shape();
        double odds = poisson ? mean : mean / (mean + r);
        double k = Math.max(0, Math.floor(mean - REACH * deviation()));
        double term = Math.exp(logMass(k));
        double left = 1 - term;
        int i = 0;
        for (int n = 0; n < MOST_TERMS && i < z.length; n++) {
            while (i < z.length && left <= Math.max(above[i], LEAST)) {
                found[i++] = k;
            }
            term *= poisson ? odds / (k + 1) : (k + r) / (k + 1) * odds;
            left -= term;
            k++;
        }
        Arrays.fill(found, i, z.length, k);
        return found;
    }

    /** Σₖ (F(k) − 1{k ≥ y})²: the continuous ranked probability score; NaN where that would be thousands of terms. */
    double rankedScore(double y) {
        if (deviation() > SUMMED) {
            return Double.NaN;
        }
        double start = Math.max(0, Math.floor(mean - REACH * deviation()));
        double end = mean + REACH * deviation() + REACH;
        double score = Math.max(0, start - y) + Math.max(0, y - Math.ceil(end));
        double term = Math.exp(logMass(start));
        double sum = term;
        for (double k = start; k <= end; k++) {
            double gap = Math.min(1, sum) - (k >= y ? 1 : 0);
            score += gap * gap;
            term *= ratio(k);
            sum += term;
        }
        return score;
    }

    /** The gamma distribution of the same mean, variance and skewness. */
    private static final class Smooth {
        private final IncompleteGamma gamma;
        private final double from;
        private final double scale;

        Smooth(CountLaw law) {
            double deviation = law.deviation();
            double skewness = (2 * Math.max(1, law.variance / law.mean) - 1) / deviation;
            this.gamma = new IncompleteGamma(4 / (skewness * skewness));
            this.scale = deviation * skewness / 2;
            this.from = law.mean - 2 * deviation / skewness;
        }

        double above(double k) {
            return gamma.above((k + 0.5 - from) / scale);
        }

        double[] quantiles(double[] z) {
            double[] found = new double[z.length];
            double last = 0;
            for (int i = 0; i < z.length; i++) {
                double tail = Math.max(LEAST, Math.min(1 - LEAST, Normal.above(z[i])));
                last = Math.max(last, Math.ceil(from + scale * gamma.quantile(tail) - 0.5));
                found[i] = last;
            }
            return found;
        }
    }
}
