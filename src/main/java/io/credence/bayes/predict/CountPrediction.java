package io.credence.bayes.predict;

import io.credence.bayes.network.LogGamma;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The predictive distribution of a count: a Poisson whose rate is uncertain, matched by a negative binomial
 * of the same mean and variance (Gelman et al. 2013, section 2.6).
 *
 * @param mean predictive mean rate
 * @param epistemicVariance variance of the sample rates
 * @param aleatoricVariance mean Poisson variance, equal to the mean rate
 * @param lower lower end of the central interval, a whole number
 * @param upper upper end of the central interval, a whole number
 * @param intervals central intervals of several levels, rising, with whole numbers as ends
 * @param flags what is unusual about it
 */
public record CountPrediction(
        double mean,
        double epistemicVariance,
        double aleatoricVariance,
        double lower,
        double upper,
        List<Interval> intervals,
        Flags flags)
        implements Prediction {
    /*
     * If the rate is Gamma distributed with mean m and variance e, the count is negative binomial with shape r = m²/e
     * and success odds m/r (Gelman et al. 2013, section 2.6). e → 0 is the Poisson.
     */
    private static final double POISSON_LIMIT = 1e-9;
    private static final int SEARCHED = 100_000;
    private static final double REACH = 12;
    private static final double LARGEST = 1e12;
    private static final int NEARLY_NORMAL = 1024;

    /** A prediction without flags. */
    public CountPrediction(
            double mean,
            double epistemicVariance,
            double aleatoricVariance,
            double lower,
            double upper,
            List<Interval> intervals) {
        this(mean, epistemicVariance, aleatoricVariance, lower, upper, intervals, Flags.NONE);
    }

    @Override
    public CountPrediction with(Flags other) {
        return new CountPrediction(mean, epistemicVariance, aleatoricVariance, lower, upper, intervals, other);
    }

    /** The prediction of a rate with mean {@code mean} and variance {@code epistemic}. */
    static CountPrediction of(double mean, double epistemic, double interval, List<Double> levels) {
        CountPrediction open = open(mean, epistemic);
        double[] wanted = DoubleStream.concat(
                        DoubleStream.of(interval), levels.stream().mapToDouble(level -> level))
                .toArray();
        double[] lower = open.quantiles(
                Arrays.stream(wanted).map(level -> (1 - level) / 2).toArray());
        double[] upper = open.quantiles(
                Arrays.stream(wanted).map(level -> (1 + level) / 2).toArray());
        List<Interval> intervals = new ArrayList<>();
        for (int i = 1; i < wanted.length; i++) {
            intervals.add(new Interval(wanted[i], lower[i], upper[i], lower[i], upper[i]));
        }
        return new CountPrediction(mean, epistemic, mean, lower[0], upper[0], List.copyOf(intervals));
    }

    /** The same without an interval. */
    static CountPrediction open(double mean, double epistemic) {
        return new CountPrediction(mean, epistemic, mean, 0, Double.POSITIVE_INFINITY, List.of());
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

    /** Probability of a count of at most {@code label}; by the normal form where counts are large. */
    public double cumulative(double label) {
        if (label < 0) {
            return 0;
        }
        if (tooWide()) {
            return 1 - Calibration.tail((label + 0.5 - mean) / deviation(), NEARLY_NORMAL);
        }
        double sum = 0;
        double probability = Math.exp(logLikelihood(lowest()));
        for (double k = lowest(); k <= label && probability > 0; k++) {
            sum += probability;
            probability *= ratio(k);
        }
        return Math.min(1, sum);
    }

    /** Where counts are so many that nobody adds up their probabilities. */
    private boolean tooWide() {
        return 2 * REACH * deviation() > SEARCHED || !(mean < LARGEST);
    }

    private double lowest() {
        return Math.max(0, Math.floor(mean - REACH * deviation()));
    }

    /** P(k + 1)/P(k) = (k + r)/(k + 1) · m/(m + r). */
    private double ratio(double k) {
        if (epistemicVariance <= POISSON_LIMIT * mean * mean) {
            return mean / (k + 1);
        }
        double r = mean * mean / epistemicVariance;
        return (k + r) / (k + 1) * (mean / (mean + r));
    }

    /** For each p the smallest count whose cumulative probability reaches it; by the normal form where counts are large. */
    private double[] quantiles(double[] p) {
        double[] found = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            found[i] = Math.max(0, Math.rint(mean + Quantiles.normal(p[i]) * deviation()));
        }
        if (tooWide()) {
            return found;
        }
        boolean[] open = new boolean[p.length];
        Arrays.fill(open, true);
        int left = p.length;
        double from = lowest();
        double probability = Math.exp(logLikelihood(from));
        double sum = 0;
        for (double k = from; left > 0 && k < from + SEARCHED; k++) {
            sum += probability;
            for (int i = 0; i < p.length; i++) {
                if (open[i] && sum >= p[i]) {
                    found[i] = k;
                    open[i] = false;
                    left--;
                }
            }
            probability *= ratio(k);
        }
        return found;
    }
}
