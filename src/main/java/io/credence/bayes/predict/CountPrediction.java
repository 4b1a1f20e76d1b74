package io.credence.bayes.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The predictive distribution of a count: negative binomial, matched to the mean and variance of the sampled networks'
 * mixture, with tails by how errors have been.
 *
 * @param mean predictive mean rate
 * @param epistemicVariance variance of the sample rates
 * @param aleatoricVariance mean variance of the counts given the rate
 * @param lower lower end of the central interval, a whole number
 * @param upper upper end of the central interval, a whole number
 * @param intervals central intervals of several levels, rising, with whole numbers as ends
 * @param calibration what normal scores have been like; null for those of a normal distribution
 * @param flags what is unusual about it
 */
public record CountPrediction(
        double mean,
        double epistemicVariance,
        double aleatoricVariance,
        double lower,
        double upper,
        List<Interval> intervals,
        @Nullable Calibration calibration,
        Flags flags)
        implements Prediction {
    /*
     * With F the negative binomial and G the distribution of normal scores (see Calibration), the calibrated distribution is
     * G(Φ⁻¹(F(k))): a count's score stands for what a standardised error is to a real target. Beyond the farthest score counts
     * are as good as real: an error of a thousand deviations costs tens of nats, not a million.
     */
    private static final double FAINT = 1e-12;
    private static final double FARTHEST = 1e9;

    /** No {@link #score} is larger. */
    public static final double FARTHEST_SCORE = CountLaw.FARTHEST;

    /** A prediction whose distribution is the negative binomial itself, without flags. */
    public CountPrediction(
            double mean, double epistemicVariance, double aleatoricVariance, double lower, double upper) {
        this(mean, epistemicVariance, aleatoricVariance, lower, upper, List.of(), null, Flags.NONE);
    }

    @Override
    public CountPrediction with(Flags other) {
        return new CountPrediction(
                mean, epistemicVariance, aleatoricVariance, lower, upper, intervals, calibration, other);
    }

    /**
     * The prediction of a rate.
     *
     * @param own the central interval of a normal score
     * @param further those of further levels
     */
    static CountPrediction of(
            double mean,
            double epistemic,
            double aleatoric,
            Interval own,
            List<Interval> further,
            @Nullable Calibration calibration) {
        double[] z = new double[2 + 4 * further.size()];
        z[0] = own.lower();
        z[1] = own.upper();
        for (int i = 0; i < further.size(); i++) {
            Interval interval = further.get(i);
            z[2 + 4 * i] = interval.lower();
            z[3 + 4 * i] = interval.upper();
            z[4 + 4 * i] = interval.rawLower();
            z[5 + 4 * i] = interval.rawUpper();
        }
        double[] rising = z.clone();
        Arrays.sort(rising);
        double[] found = new CountLaw(mean, epistemic + aleatoric).quantiles(rising);
        double[] k = DoubleStream.of(z)
                .map(score -> found[Arrays.binarySearch(rising, score)])
                .toArray();
        List<Interval> intervals = new ArrayList<>(further.size());
        for (int i = 0; i < further.size(); i++) {
            int at = 2 + 4 * i;
            intervals.add(new Interval(further.get(i).level(), k[at], k[at + 1], k[at + 2], k[at + 3]));
        }
        return new CountPrediction(mean, epistemic, aleatoric, k[0], k[1], intervals, calibration, Flags.NONE);
    }

    private CountLaw law() {
        return new CountLaw(mean, variance());
    }

    @Override
    public double logLikelihood(double label) {
        CountLaw law = law();
        double mass = law.logMass(label);
        if (calibration == null) {
            return mass;
        }
        double[] scores = law.scores(label);
        double calibrated = calibration.probability(label > 0 ? scores[0] : -FARTHEST, scores[1]);
        if (calibrated > FAINT) {
            return Math.log(calibrated);
        }
        double z = law.score(label, 0.5);
        if (Math.abs(z) == CountLaw.FARTHEST) {
            return calibration.logDensity((label - mean) / deviation()) - Math.log(deviation());
        }
        return mass + calibration.logDensity(z) + 0.5 * (Math.log(2 * Math.PI) + z * z);
    }

    @Override
    public double rank(double label, double u) {
        double z = score(label, u);
        return calibration == null ? Normal.above(-z) : calibration.cumulative(z);
    }

    /** Probability of a count of at most {@code label}, before calibration. */
    public double cumulative(double label) {
        return law().cumulative(label);
    }

    /**
     * The normal score of the randomised probability transform, Φ⁻¹(F(y − 1) + u·P(y)) (Czado et al. 2009), before
     * calibration.
     *
     * @param u uniform in (0, 1)
     */
    public double score(double label, double u) {
        return law().score(label, u);
    }

    /** The central intervals of that score at the given levels, calibrated and raw, by which coverage can be nominal. */
    public List<Interval> scoreIntervals(List<Double> levels) {
        return calibration == null ? levels.stream().map(Interval::normal).toList() : calibration.intervals(levels);
    }

    /** The continuous ranked probability score of a label, before calibration; NaN where it has too many terms. */
    public double rankedScore(double label) {
        return law().rankedScore(label);
    }
}
