package io.credence.tool.evaluate;

import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Prediction;
import io.credence.bayes.predict.RealPrediction;

/** Predictions made by hand. */
final class Predictions {
    private Predictions() {}

    /** A Gaussian with half of its variance epistemic and an interval of two deviations to each side. */
    static Prediction gaussian(double mean, double deviation) {
        double half = deviation * deviation / 2;
        return new RealPrediction(mean, half, half, mean - 2 * deviation, mean + 2 * deviation);
    }

    static CountPrediction poisson(double rate) {
        return new CountPrediction(rate, 0, rate, Math.floor(rate / 2), Math.ceil(rate * 2));
    }

    static CountPrediction uncertainRate(double rate, double variance) {
        return new CountPrediction(rate, variance, rate, 0, 4 * rate);
    }

    static Prediction classes(double... probabilities) {
        return new ClassPrediction(probabilities, probabilities[1], 0.01, 0.2, 0.5, 0.01);
    }
}
