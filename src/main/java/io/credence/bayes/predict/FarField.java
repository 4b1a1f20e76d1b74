package io.credence.bayes.predict;

import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.Likelihood;

/**
 * The part of the function prior that no data inform: zero within the range of what was seen, growing beyond it.
 *
 * <p>A mean-field posterior that has learned a slope is sure of that slope at any distance. This term is not: it is one
 * more random function, f(x) + ξ·e(x) with ξ ~ N(0, 1), whose {@link Ridge} e is zero within what was seen, so that
 * the predictive distribution widens where the network extrapolates (the aim of Liu et al. 2020, SNGP). The
 * probabilities of classes go to how frequent each class is, in the proportion e/(1 + e).
 */
public final class FarField {
    /*
     * ξ takes fixed normal quantiles in antithetic pairs, one for each sample: the mean does not move.
     * A log-rate's term is held to WIDEST_RATE and shifted by log E[exp(ξ·e)], so that the mean rate does not move.
     */
    private static final float WIDEST_RATE = 2;

    private final Ridge ridge;
    private final float[] xi;

    /**
     * @param ridge of events
     * @param samples Monte-Carlo samples, S
     */
    public FarField(Ridge ridge, int samples) {
        this.ridge = ridge;
        this.xi = new float[samples];
        int pairs = samples / 2;
        for (int s = 0; s + 1 < samples; s += 2) {
            float quantile = (float) Quantiles.normal(0.5 + (s / 2 + 0.5) / (2.0 * pairs));
            xi[s] = quantile;
            xi[s + 1] = -quantile;
        }
    }

    /**
     * Adds the term to the samples' outputs of one event.
     *
     * @param x standardised features from {@code xAt}, {@code width} of them
     * @param likelihood of the label: counts keep their mean rate, outputs of classes stay as they are
     * @param f outputs; those of sample s begin at {@code at + s·stride}
     */
    public void add(float[] x, int xAt, int width, Likelihood likelihood, float[] f, int at, int stride) {
        float e = classes(likelihood) ? 0 : ridge.of(x, xAt, width);
        if (e == 0) {
            return;
        }
        if (likelihood instanceof CountLikelihood count) {
            addToRate((float) Math.min(e, WIDEST_RATE / count.scale()), count.scale(), f, at, stride);
            return;
        }
        for (int s = 0; s < xi.length; s++) {
            f[at + s * stride] += e * xi[s];
        }
    }

    private static boolean classes(Likelihood likelihood) {
        return likelihood instanceof Likelihood.Bernoulli || likelihood instanceof Likelihood.Categorical;
    }

    /**
     * What is left of the probabilities of classes far from what was seen: the model is certain of some class there, and
     * nobody knows of which, beyond how frequent each is.
     *
     * @param moments after every other correction
     * @param x the event's standardised features
     * @param rates how frequent each class is; empty if the label is a number
     */
    public Moments towards(Moments moments, float[] x, double[] rates) {
        float e = rates.length == 0 ? 0 : ridge.of(x, 0, x.length);
        return e == 0 ? moments : Moments.mixed(moments, Moments.ofSomeClass(rates), e / (1 + e));
    }

    private void addToRate(float e, double scale, float[] f, int at, int stride) {
        double mean = 0;
        for (float value : xi) {
            mean += Math.exp(scale * e * value) / xi.length;
        }
        float shift = (float) (Math.log(mean) / scale);
        for (int s = 0; s < xi.length; s++) {
            f[at + s * stride] += e * xi[s] - shift;
        }
    }
}
