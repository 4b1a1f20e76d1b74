package io.credence.bayes.predict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predictive distribution of a real target: location and deviation by the network, tails by how errors have been.
 *
 * @param mean predictive mean, target units
 * @param epistemicVariance variance of the sample means, target units squared
 * @param aleatoricVariance mean noise variance, target units squared
 * @param lower lower end of the central interval, target units
 * @param upper upper end of the central interval, target units
 * @param intervals central intervals of several levels, rising
 * @param calibration what standardised errors have been like; null for those of a normal distribution
 * @param flags what is unusual about it
 */
public record RealPrediction(
        double mean,
        double epistemicVariance,
        double aleatoricVariance,
        double lower,
        double upper,
        List<Interval> intervals,
        @Nullable Calibration calibration,
        Flags flags)
        implements Prediction {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** A prediction whose density is that of the normal with its mean and variance. */
    public RealPrediction(double mean, double epistemicVariance, double aleatoricVariance, double lower, double upper) {
        this(mean, epistemicVariance, aleatoricVariance, lower, upper, List.of(), null, Flags.NONE);
    }

    @Override
    public RealPrediction with(Flags other) {
        return new RealPrediction(
                mean, epistemicVariance, aleatoricVariance, lower, upper, intervals, calibration, other);
    }

    @Override
    public double logLikelihood(double label) {
        double deviation = deviation();
        double z = (label - mean) / deviation;
        double density = calibration == null ? -0.5 * (LOG_TWO_PI + z * z) : calibration.logDensity(z);
        return density - Math.log(deviation);
    }

    @Override
    public double rank(double label, double u) {
        double z = (label - mean) / deviation();
        return calibration == null ? Normal.above(-z) : calibration.cumulative(z);
    }
}
