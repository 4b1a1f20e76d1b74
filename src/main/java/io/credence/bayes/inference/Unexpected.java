package io.credence.bayes.inference;

import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.linalg.Elementary;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Moments;
import io.credence.bayes.predict.Prediction;

/**
 * How a label compares with what was predicted.
 *
 * @param tail the probability of a label as far out on either side; of a class its own
 * @param score how far out it is: deviations from the mean, of counts the size of the normal score, of classes −ln of its
 *     probability
 * @param error how it compares with what the networks say without the drift layer, which adapts to a shift within a few events:
 *     deviations from their mean, of classes errors above those expected, over their deviation; NaN if nothing is known
 * @param residual the same in the unit of the target, of two classes what the label is above its probability; NaN likewise
 * @param loss its size; of classes what the probability of the label lacks to 1
 */
record Unexpected(double tail, double score, double error, double residual, double loss) {
    /**
     * The comparison.
     *
     * @param prediction made before; what was foretold when the event was asked about is taken where it is known
     * @param network what the networks said
     * @param y the label as networks predict it
     * @param number of the event, which draws the place of a count within its jump
     */
    static Unexpected of(Prediction prediction, Moments network, Observation event, double y, long seed, long number) {
        Foretold then = event.prior();
        double label = event.label();
        if (prediction instanceof ClassPrediction) {
            double log = then == null ? prediction.logLikelihood(label) : then.logScore();
            double[] p = network.probabilities();
            double missed = misses(p, (int) label);
            double residual = p.length == 2 ? label - p[1] : missed;
            return new Unexpected(Math.exp(log), Math.max(0, -log), missed, residual, 1 - p[(int) label]);
        }
        double u = CounterRandom.of(seed, 0, number, Purpose.SURPRISE).uniform();
        double rank = then == null ? prediction.rank(label, u) : then.pit();
        double mean = then == null ? prediction.mean() : then.mean();
        double deviation = then == null ? prediction.deviation() : then.deviation();
        double away = Math.abs(label - mean) / deviation;
        double normal = prediction instanceof CountPrediction
                ? Math.abs(new CountPrediction(mean, deviation * deviation, 0, 0, Double.POSITIVE_INFINITY)
                        .score(label, u))
                : away;
        double error = (y - network.mean()) / Math.sqrt(network.epistemic() + network.aleatoric());
        double residual = prediction instanceof CountPrediction ? error : y - network.mean();
        return new Unexpected(
                Math.max(0, Math.min(1, 2 * Math.min(rank, 1 - rank))),
                normal >= CountPrediction.FARTHEST_SCORE ? Math.max(normal, away) : normal,
                error,
                residual,
                Math.abs(residual));
    }

    private static double misses(double[] probabilities, int label) {
        int likeliest = Elementary.largest(probabilities);
        double expected = 1 - probabilities[likeliest];
        double variance = Math.max(1e-6, expected * (1 - expected));
        return ((likeliest == label ? 0 : 1) - expected) / Math.sqrt(variance);
    }
}
