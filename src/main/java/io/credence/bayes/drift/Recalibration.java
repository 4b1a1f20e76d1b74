package io.credence.bayes.drift;

import io.credence.bayes.linalg.Elementary;
import java.nio.DoubleBuffer;

/**
 * How much a probability is to be trusted: logit p' = logit p + a + b·logit p, learned label by label (Platt 2000).
 *
 * <p>A {@link DynamicModel} of two regressors over the logit of the mixture, whose coefficients hardly walk.
 */
final class Recalibration {
    private static final double WALK = 1e-6;
    private static final double LIMIT = 6;
    private static final int SIZE = 2;

    private final DynamicModel model = new DynamicModel(SIZE, WALK, false);
    private final Regressors regressors = new Regressors(0, true);

    static int length() {
        return DynamicModel.length(SIZE);
    }

    void store(DoubleBuffer out) {
        model.store(out);
    }

    void load(DoubleBuffer in) {
        model.load(in);
    }

    /** The coefficients a and b as they stand: a copy. */
    double[] coefficients() {
        return model.coefficients();
    }

    /** The probability that a mixture's is worth. */
    static double apply(double[] coefficients, double p) {
        double logit = logit(p);
        return Elementary.sigmoid(logit + coefficients[0] + coefficients[1] * Regressors.clip(logit, LIMIT));
    }

    /** Learns the label of an event of which the mixture said p. */
    void learn(double p, double y) {
        double logit = logit(p);
        regressors.mean[0] = 1;
        regressors.mean[1] = Regressors.clip(logit, LIMIT);
        model.predictBinary(regressors, logit, p);
        model.learnBinary(y);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }
}
