package io.credence.bayes.network;

import io.credence.bayes.linalg.Elementary;
import java.util.Arrays;

/**
 * p(y | f): how a label is distributed given the network's outputs for an event.
 *
 * <p>Real targets are in standardised units here. Outputs of an event lie at {@code f[at] … f[at + outputs − 1]}.
 */
public sealed interface Likelihood
        permits Likelihood.Gaussian,
                Likelihood.Heteroscedastic,
                Likelihood.Bernoulli,
                Likelihood.Categorical,
                CountLikelihood {
    /** Numbers that the network puts out for an event. */
    int outputs();

    /** log p(y | f), nats. */
    double logLikelihood(float[] f, int at, double y);

    /** Writes −weight·∂ log p(y | f)/∂f into {@code df}, at the same places as {@code f}. */
    void gradient(float[] f, int at, double y, float weight, float[] df);

    /** The squared deviation of a label from what is expected, in variances; 0 for classes, whose pull is bounded. */
    default double surprise(float[] f, int at, double y) {
        return 0;
    }

    /** How much a label counts in the gradient, by what is expected: an event's errors matter as much as others' do. */
    default double weight(float[] f, int at) {
        return 1;
    }

    /** E[y | f]; for classes the probability of class 1 of two. */
    double mean(float[] f, int at);

    /** Var[y | f]. */
    double variance(float[] f, int at);

    /**
     * Writes into the first of {@code d} how each output moves the one number that is asked about: the first output, of
     * several classes the log-odds of the likeliest.
     */
    default void direction(float[] f, int at, float[] d) {
        Arrays.fill(d, 0, outputs(), 0);
        d[0] = 1;
    }

    /**
     * A Gaussian around f with one noise variance for all events.
     *
     * @param noise s², in squared standardised units
     */
    record Gaussian(double noise) implements Likelihood {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double logLikelihood(float[] f, int at, double y) {
            return gaussian(y - f[at], noise);
        }

        @Override
        public double surprise(float[] f, int at, double y) {
            double residual = y - mean(f, at);
            return residual * residual / noise;
        }

        @Override
        public void gradient(float[] f, int at, double y, float weight, float[] df) {
            df[at] = (float) (weight * (f[at] - y) / noise);
        }

        @Override
        public double mean(float[] f, int at) {
            return f[at];
        }

        @Override
        public double variance(float[] f, int at) {
            return noise;
        }
    }

    /**
     * A Gaussian whose mean f₀ and log-variance f₁ both depend on the event (Nix &amp; Weigend 1994).
     *
     * @param usual variance of the noise over all events, in squared standardised units
     */
    record Heteroscedastic(double usual) implements Likelihood {
        private static final float LIMIT = 12;

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public double logLikelihood(float[] f, int at, double y) {
            return gaussian(y - f[at], variance(f, at));
        }

        @Override
        public double surprise(float[] f, int at, double y) {
            double residual = y - mean(f, at);
            return residual * residual / variance(f, at);
        }

        /*
         * Where the mean is not learned yet its errors are taken for noise, which then holds the gradient down for good.
         * Weighing that by (σ²)^β with β = ½ leaves the pull of an error in deviations (Seitzer et al. 2022, eq. 5).
         */
        @Override
        public double weight(float[] f, int at) {
            return Math.sqrt(variance(f, at) / usual);
        }

        @Override
        public void gradient(float[] f, int at, double y, float weight, float[] df) {
            double variance = variance(f, at);
            double residual = f[at] - y;
            df[at] = (float) (weight * residual / variance);
            df[at + 1] = held(f[at + 1], LIMIT, 0.5 * weight * (1 - residual * residual / variance));
        }

        @Override
        public double mean(float[] f, int at) {
            return f[at];
        }

        @Override
        public double variance(float[] f, int at) {
            return Math.exp(Math.max(-LIMIT, Math.min(LIMIT, f[at + 1])));
        }
    }

    /** Two classes with logit f. */
    record Bernoulli() implements Likelihood {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double logLikelihood(float[] f, int at, double y) {
            return -softplus(y > 0.5 ? -f[at] : f[at]);
        }

        @Override
        public void gradient(float[] f, int at, double y, float weight, float[] df) {
            df[at] = (float) (weight * (mean(f, at) - y));
        }

        @Override
        public double mean(float[] f, int at) {
            return Elementary.sigmoid(f[at]);
        }

        @Override
        public double variance(float[] f, int at) {
            double p = mean(f, at);
            return p * (1 - p);
        }
    }

    /**
     * K classes with logits f (softmax).
     *
     * @param classes K
     */
    record Categorical(int classes) implements Likelihood {
        @Override
        public int outputs() {
            return classes;
        }

        @Override
        public double logLikelihood(float[] f, int at, double y) {
            return f[at + (int) y] - logSumExp(f, at);
        }

        @Override
        public void gradient(float[] f, int at, double y, float weight, float[] df) {
            double z = logSumExp(f, at);
            for (int k = 0; k < classes; k++) {
                df[at + k] = (float) (weight * (Math.exp(f[at + k] - z) - (k == (int) y ? 1 : 0)));
            }
        }

        @Override
        public double mean(float[] f, int at) {
            return Elementary.largest(f, at, classes);
        }

        @Override
        public double variance(float[] f, int at) {
            double[] p = new double[classes];
            probabilities(f, at, p);
            double sum = 0;
            for (double q : p) {
                sum += q * q;
            }
            return 1 - sum;
        }

        /** ∂/∂f of f_c − log Σ exp f_k, the sum without c. */
        @Override
        public void direction(float[] f, int at, float[] d) {
            int likeliest = Elementary.largest(f, at, classes);
            double others = 0;
            for (int k = 0; k < classes; k++) {
                d[k] = k == likeliest ? 0 : (float) Math.exp(f[at + k] - f[at + likeliest]);
                others += d[k];
            }
            for (int k = 0; k < classes && others > 0; k++) {
                d[k] /= (float) -others;
            }
            d[likeliest] = 1;
        }

        /** Writes the K probabilities into {@code p}. */
        public void probabilities(float[] f, int at, double[] p) {
            double z = logSumExp(f, at);
            for (int k = 0; k < classes; k++) {
                p[k] = Math.exp(f[at + k] - z);
            }
        }

        private double logSumExp(float[] f, int at) {
            double max = f[at];
            for (int k = 1; k < classes; k++) {
                max = Math.max(max, f[at + k]);
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(f[at + k] - max);
            }
            return max + Math.log(sum);
        }
    }

    /** The gradient at an output held in ±limit: beyond, only what leads back, so that an output out there can return. */
    private static float held(float f, float limit, double gradient) {
        return Math.abs(f) < limit || f * gradient > 0 ? (float) gradient : 0;
    }

    private static double gaussian(double residual, double variance) {
        return -0.5 * (Math.log(2 * Math.PI * variance) + residual * residual / variance);
    }

    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
