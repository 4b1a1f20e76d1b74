package io.credence.bayes.predict;

import io.credence.bayes.linalg.Elementary;
import io.credence.bayes.network.Likelihood;
import org.jspecify.annotations.Nullable;

/**
 * What S sampled networks say of one event, before the target's scale is put back.
 *
 * @param output mean over the samples of the first output: the standardised mean, the logit or the log-rate
 * @param outputVariance its variance over the samples
 * @param mean predictive mean of the label: standardised target, probability of class 1, likeliest class or rate
 * @param epistemic variance over the samples of their means
 * @param aleatoric mean over the samples of their noise variances
 * @param probabilities predictive probability of each class; empty unless the label is a class
 * @param expectedEntropy mean over the samples of their entropies, nats; 0 unless the label is a class
 * @param told what predictions say of the variances in place of the above; null if nothing else
 */
public record Moments(
        double output,
        double outputVariance,
        double mean,
        double epistemic,
        double aleatoric,
        double[] probabilities,
        double expectedEntropy,
        @Nullable Told told) {

    /*
     * Mean and variance by the law of total variance. For classes the label is its one-hot vector and variances are
     * summed over the classes (of class 1 alone for two), so that total = 1 − Σ p̄² (p̄(1 − p̄) for two).
     */

    /**
     * The variance of a real target as predictions tell it.
     *
     * @param epistemic variance of the mean by the posterior, whatever the temperature that the samples are drawn at
     * @param noise what is then left of the aleatoric variance, as a share
     */
    public record Told(double epistemic, double noise) {}

    /** Moments of which predictions say nothing else. */
    public Moments(
            double output,
            double outputVariance,
            double mean,
            double epistemic,
            double aleatoric,
            double[] probabilities,
            double expectedEntropy) {
        this(output, outputVariance, mean, epistemic, aleatoric, probabilities, expectedEntropy, null);
    }

    /** These moments with other variances to be told. */
    public Moments telling(Told other) {
        return new Moments(output, outputVariance, mean, epistemic, aleatoric, probabilities, expectedEntropy, other);
    }

    /** These moments as they are told. */
    public Moments asTold() {
        return told == null ? this : withNumber(mean, told.epistemic(), told.noise() * aleatoric);
    }

    /**
     * The moments of S samples.
     *
     * @param f outputs; those of sample s begin at {@code at + s·stride}
     */
    public static Moments of(Likelihood likelihood, float[] f, int at, int stride, int samples) {
        return likelihood instanceof Likelihood.Categorical categorical
                ? categorical(categorical, f, at, stride, samples)
                : scalar(likelihood, f, at, stride, samples);
    }

    /** The moments of samples each of which is certain of a class, as many of each as it is frequent. */
    static Moments ofSomeClass(double[] rates) {
        double squares = 0;
        for (double rate : rates) {
            squares += rate * rate;
        }
        boolean two = rates.length == 2;
        return new Moments(
                0, 0, two ? rates[1] : Elementary.largest(rates), two ? rates[1] * rates[0] : 1 - squares, 0, rates, 0);
    }

    /** These moments with another level of a real target. */
    public Moments shifted(double by) {
        return by == 0
                ? this
                : new Moments(
                        output + by, outputVariance, mean + by, epistemic, aleatoric, probabilities, expectedEntropy);
    }

    /** These moments with another mean and variances of a real target or a count. */
    public Moments withNumber(double newMean, double newEpistemic, double newAleatoric) {
        return new Moments(output, outputVariance, newMean, newEpistemic, newAleatoric, NONE, 0);
    }

    /** These moments with another probability of class 1; its mutual information is that of a small variance. */
    public Moments withProbability(double p, double newEpistemic) {
        double total = p * (1 - p);
        double entropy = Entropy.binary(p);
        return new Moments(
                output,
                outputVariance,
                p,
                newEpistemic,
                total - newEpistemic,
                new double[] {1 - p, p},
                entropy - information(entropy, newEpistemic, total));
    }

    /** These moments with other probabilities of several classes; the mutual information stays within their entropy. */
    public Moments withProbabilities(double[] p, double newEpistemic) {
        double squares = 0;
        for (double q : p) {
            squares += q * q;
        }
        double total = Math.max(0, 1 - squares);
        double bounded = Math.min(total, newEpistemic);
        double entropy = Entropy.of(p);
        return new Moments(
                output,
                outputVariance,
                Elementary.largest(p),
                bounded,
                total - bounded,
                p,
                entropy - information(entropy, bounded, total));
    }

    /** Mutual information where the variance of the probabilities is small, within the entropy; nats. */
    private static double information(double entropy, double epistemic, double total) {
        return total > 0 ? Math.min(entropy, epistemic / (2 * total)) : 0;
    }

    /**
     * The moments of a mixture of two predictors.
     *
     * @param weight of {@code b}, within 0 … 1
     */
    public static Moments mixed(Moments a, Moments b, double weight) {
        double output = mixed(a.output, b.output, weight);
        double[] p = new double[a.probabilities.length];
        double between = weight * (1 - weight) * (p.length == 0 ? square(a.mean - b.mean) : 0);
        for (int k = 0; k < p.length; k++) {
            p[k] = mixed(a.probabilities[k], b.probabilities[k], weight);
            between += k == 0 && p.length == 2
                    ? 0
                    : weight * (1 - weight) * square(a.probabilities[k] - b.probabilities[k]);
        }
        double mean = p.length > 2 ? Elementary.largest(p) : mixed(a.mean, b.mean, weight);
        return new Moments(
                output,
                mixed(a.outputVariance, b.outputVariance, weight) + weight * (1 - weight) * square(a.output - b.output),
                mean,
                mixed(a.epistemic, b.epistemic, weight) + between,
                mixed(a.aleatoric, b.aleatoric, weight),
                p,
                mixed(a.expectedEntropy, b.expectedEntropy, weight));
    }

    private static double mixed(double a, double b, double weight) {
        return a + weight * (b - a);
    }

    private static Moments scalar(Likelihood likelihood, float[] f, int at, int stride, int samples) {
        double output = 0;
        double mean = 0;
        double aleatoric = 0;
        double entropy = 0;
        boolean binary = likelihood instanceof Likelihood.Bernoulli;
        for (int s = 0; s < samples; s++) {
            int i = at + s * stride;
            double m = likelihood.mean(f, i);
            output += f[i];
            mean += m;
            aleatoric += likelihood.variance(f, i);
            entropy += binary ? Entropy.binary(m) : 0;
        }
        output /= samples;
        mean /= samples;
        double outputVariance = 0;
        double epistemic = 0;
        for (int s = 0; s < samples; s++) {
            int i = at + s * stride;
            outputVariance += square(f[i] - output);
            epistemic += square(likelihood.mean(f, i) - mean);
        }
        int divisor = Math.max(1, samples - 1);
        double[] probabilities = binary ? new double[] {1 - mean, mean} : NONE;
        return new Moments(
                output,
                outputVariance / divisor,
                mean,
                binary ? epistemic / samples : epistemic / divisor,
                aleatoric / samples,
                probabilities,
                entropy / samples);
    }

    private static Moments categorical(Likelihood.Categorical likelihood, float[] f, int at, int stride, int samples) {
        int classes = likelihood.classes();
        double[] mean = new double[classes];
        double[] p = new double[classes];
        double squares = 0;
        double entropy = 0;
        double output = 0;
        for (int s = 0; s < samples; s++) {
            likelihood.probabilities(f, at + s * stride, p);
            output += f[at + s * stride];
            entropy += Entropy.of(p);
            for (int k = 0; k < classes; k++) {
                mean[k] += p[k] / samples;
                squares += p[k] * p[k] / samples;
            }
        }
        double meanSquares = 0;
        for (double q : mean) {
            meanSquares += q * q;
        }
        double epistemic = Math.max(0, squares - meanSquares);
        int likeliest = Elementary.largest(mean);
        return new Moments(output / samples, 0, likeliest, epistemic, 1 - squares, mean, entropy / samples);
    }

    private static final double[] NONE = {};

    private static double square(double v) {
        return v * v;
    }
}
