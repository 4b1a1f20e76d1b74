package io.credence.bayes.predict;

import io.credence.bayes.linalg.Elementary;
import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.GaussianNetwork;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.LinearisedPass;

/**
 * How much a model has still to learn about an event, by one number without the noise of sampling: the deviation of the
 * standardised mean or of the log-rate, of classes the mutual information of label and weights, nats.
 *
 * <p>A function of posterior and features alone: the learner, which finds out what is usual, and whoever scores get the
 * same number.
 *
 * @param network means and variances of the champion's weights
 * @param likelihood of the label
 * @param classRates how frequent each class is; empty unless the label is a class
 * @param ridge of events
 */
public record Ignorance(GaussianNetwork network, Likelihood likelihood, double[] classRates, Ridge ridge) {
    /*
     * The variance is that of LinearisedPass; beyond what was seen the far field adds e². The mutual information of label
     * and weights is H(E p) − E H(p); for a logit of small variance v it is p(1 − p)·v/2 (Houlsby et al. 2011), here of the
     * question whether the label is the likeliest class. The far field's certain samples have no entropy.
     *
     * The rival has no say: its weight, and with it how far both disagree, changes with the labels of late, so that events
     * would be flagged by when they come.
     */

    /**
     * The number of each of {@code n} events.
     *
     * @param x standardised features [n × width]
     */
    public double[] of(int n, float[] x) {
        return of(n, x, new double[n]);
    }

    /**
     * How much is to be learned about each event, and the variance of its mean.
     *
     * @param variance receives what the number of a real target is the root of, [n]
     */
    public double[] of(int n, float[] x, double[] variance) {
        int outputs = likelihood.outputs();
        float[] f = new float[n * outputs];
        double[] ignorance = new double[n];
        LinearisedPass.of(network).run(network, likelihood, n, x, f, variance);
        int width = x.length / n;
        for (int i = 0; i < n; i++) {
            double e = ridge.of(x, i * width, width);
            ignorance[i] =
                    classRates.length > 0 ? information(f, i * outputs, variance[i], e) : deviation(variance[i], e);
            variance[i] += (double) e * e;
        }
        return ignorance;
    }

    private double deviation(double variance, double e) {
        double scale = likelihood instanceof CountLikelihood count ? count.scale() : 1;
        return scale * Math.sqrt(variance + e * e);
    }

    private double information(float[] f, int at, double variance, double e) {
        double[] p = new double[classRates.length];
        if (likelihood instanceof Likelihood.Categorical categorical) {
            categorical.probabilities(f, at, p);
        } else {
            p[1] = likelihood.mean(f, at);
            p[0] = 1 - p[1];
        }
        double likeliest = p[Elementary.largest(p)];
        double within = 0.5 * likeliest * (1 - likeliest) * variance;
        if (e == 0) {
            return within;
        }
        double share = e / (1 + e);
        double conditional = (1 - share) * (Entropy.of(p) - within);
        for (int k = 0; k < p.length; k++) {
            p[k] += share * (classRates[k] - p[k]);
        }
        return Entropy.of(p) - conditional;
    }
}
