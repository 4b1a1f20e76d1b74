package io.credence.bayes.predict;

import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.Likelihood;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moments to predictions: puts the target's scale back and adds the intervals. Immutable. */
public final class PredictionMaker {
    private final Likelihood likelihood;
    private final double targetMean;
    private final double targetScale;
    private final double interval;
    private final List<Double> levels;
    private final @Nullable Calibration calibration;
    private final double min;
    private final double max;

    /** The ends of the central interval and of the further ones, in deviations: the same for every event. */
    private final Interval own;

    private final List<Interval> further;

    /**
     * @param likelihood the family
     * @param targetMean what moments of 0 stand for; 0 unless the target is standardised
     * @param targetScale what deviations are multiplied by; 1 where moments are in the target's unit and sure of it
     * @param interval probability of the central interval
     * @param levels those of further ones, rising
     * @param calibration of real targets and counts; null if there is none
     * @param min the least label of a real target, in its unit; no mean and no end of an interval is below
     * @param max the largest label of a real target
     */
    public PredictionMaker(
            Likelihood likelihood,
            double targetMean,
            double targetScale,
            double interval,
            List<Double> levels,
            @Nullable Calibration calibration,
            double min,
            double max) {
        this.min = min;
        this.max = max;
        this.likelihood = likelihood;
        this.targetMean = targetMean;
        this.targetScale = targetScale;
        this.interval = interval;
        this.levels = levels;
        this.calibration = calibration;
        this.further = calibration == null ? List.of() : calibration.intervals(levels);
        this.own = further.stream()
                .filter(i -> i.level() == interval)
                .findFirst()
                .orElseGet(() -> calibration == null
                        ? Interval.normal(interval)
                        : calibration.intervals(List.of(interval)).get(0));
    }

    /** The prediction of one event. */
    public Prediction make(Moments found) {
        Moments m = found.asTold();
        if (likelihood instanceof Likelihood.Bernoulli || likelihood instanceof Likelihood.Categorical) {
            double entropy = Entropy.of(m.probabilities());
            return new ClassPrediction(
                    m.probabilities(),
                    m.mean(),
                    m.epistemic(),
                    m.aleatoric(),
                    entropy,
                    Math.max(0, entropy - m.expectedEntropy()),
                    ClassPrediction.sets(m.probabilities(), levels),
                    Flags.NONE);
        }
        if (likelihood instanceof CountLikelihood) {
            return CountPrediction.of(
                    m.mean(), variance(m.epistemic()), variance(m.aleatoric()), own, further, calibration);
        }
        return real(m);
    }

    private RealPrediction real(Moments m) {
        // Ends are where they would be without bounds, or at the bound: no label between these is covered or missed for
        // it.
        double mean = mean(m);
        double deviation = targetScale * Math.sqrt(m.epistemic() + m.aleatoric());
        return new RealPrediction(
                held(mean),
                variance(m.epistemic()),
                variance(m.aleatoric()),
                held(mean + deviation * own.lower()),
                held(mean + deviation * own.upper()),
                further.stream()
                        .map(i -> i.scaled(mean, deviation).within(min, max))
                        .toList(),
                calibration,
                Flags.NONE);
    }

    private double held(double value) {
        return Interval.held(value, min, max);
    }

    private double mean(Moments m) {
        return targetMean + targetScale * m.mean();
    }

    private double variance(double standardised) {
        return targetScale * targetScale * standardised;
    }

    /** What a member of the mixture says of a label by its moments alone, without calibration, nats. */
    public double logLikelihood(Moments m, double label) {
        if (likelihood instanceof Likelihood.Bernoulli || likelihood instanceof Likelihood.Categorical) {
            return make(m).logLikelihood(label);
        }
        Prediction alone = likelihood instanceof CountLikelihood
                ? new CountPrediction(
                        m.mean(), variance(m.epistemic()), variance(m.aleatoric()), 0, Double.POSITIVE_INFINITY)
                : new RealPrediction(mean(m), variance(m.epistemic()), variance(m.aleatoric()), Double.NaN, Double.NaN);
        return alone.logLikelihood(label);
    }
}
