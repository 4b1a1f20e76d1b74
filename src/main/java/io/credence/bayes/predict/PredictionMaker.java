package io.credence.bayes.predict;

import io.credence.bayes.network.Likelihood;

/**
 * Moments to predictions: puts the target's scale back and adds the interval.
 *
 * @param likelihood the family
 * @param targetMean running mean of the target; 0 unless it is standardised
 * @param targetScale running deviation of the target; 1 unless it is standardised
 * @param interval probability of the central interval
 */
public record PredictionMaker(Likelihood likelihood, double targetMean, double targetScale, double interval) {
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
            return CountPrediction.of(m.mean(), m.epistemic(), interval);
        }
        double scale2 = targetScale * targetScale;
        double mean = targetMean + targetScale * m.mean();
        double half = Quantiles.normal(0.5 + interval / 2) * targetScale * Math.sqrt(m.epistemic() + m.aleatoric());
        return new RealPrediction(mean, scale2 * m.epistemic(), scale2 * m.aleatoric(), mean - half, mean + half);
    }
}
