package io.credence.bayes.predict;

import io.credence.bayes.network.Likelihood;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moments to predictions: puts the target's scale back and adds the interval.
 *
 * @param likelihood the family
 * @param targetMean running mean of the target; 0 unless it is standardised
 * @param targetScale running deviation of the target; 1 unless it is standardised
 * @param interval probability of the central interval
 * @param levels those of further ones, rising
 * @param calibration of real targets; null if there is none
 */
public record PredictionMaker(
        Likelihood likelihood,
        double targetMean,
        double targetScale,
        double interval,
        List<Double> levels,
        @Nullable Calibration calibration) {
    /** The prediction of one event. */
    public Prediction make(Moments m) {
        if (likelihood instanceof Likelihood.Bernoulli || likelihood instanceof Likelihood.Categorical) {
            double entropy = Entropy.of(m.probabilities());
            return new ClassPrediction(
                    m.probabilities(),
                    m.mean(),
                    m.epistemic(),
                    m.aleatoric(),
                    entropy,
                    Math.max(0, entropy - m.expectedEntropy()));
        }
        if (likelihood instanceof Likelihood.Poisson) {
            return CountPrediction.of(m.mean(), m.epistemic(), interval, levels);
        }
        return real(m);
    }

    private RealPrediction real(Moments m) {
        double scale2 = targetScale * targetScale;
        double mean = targetMean + targetScale * m.mean();
        double deviation = targetScale * Math.sqrt(m.epistemic() + m.aleatoric());
        double epistemic = scale2 * m.epistemic();
        double aleatoric = scale2 * m.aleatoric();
        if (calibration == null) {
            double half = Quantiles.normal(0.5 + interval / 2) * deviation;
            return new RealPrediction(mean, epistemic, aleatoric, mean - half, mean + half);
        }
        List<Interval> standard = calibration.intervals(levels);
        Interval own = standard.stream()
                .filter(i -> i.level() == interval)
                .findFirst()
                .orElseGet(() -> calibration.intervals(List.of(interval)).get(0));
        List<Interval> intervals = standard.stream()
                .map(i -> new Interval(
                        i.level(),
                        mean + deviation * i.lower(),
                        mean + deviation * i.upper(),
                        mean + deviation * i.rawLower(),
                        mean + deviation * i.rawUpper()))
                .toList();
        return new RealPrediction(
                mean,
                epistemic,
                aleatoric,
                mean + deviation * own.lower(),
                mean + deviation * own.upper(),
                intervals,
                calibration);
    }

    /** What a member of the mixture says of a label by its moments alone, nats. */
    public double logLikelihood(Moments m, double label) {
        return new PredictionMaker(likelihood, targetMean, targetScale, interval, List.of(), null)
                .make(m)
                .logLikelihood(label);
    }
}
