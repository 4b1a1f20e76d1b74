package io.credence.bayes.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.Likelihood;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Moments of samples against brute force over the mixture of the samples' distributions. */
class MomentsTest {
    private static final int S = 40;

    @Test
    void shouldSplitTheVarianceOfTheMixtureWhenSamplesAreHeteroscedastic() {
        Likelihood.Heteroscedastic likelihood = new Likelihood.Heteroscedastic(1);
        float[] f = normals(3 + 2 * S);
        Moments m = Moments.of(likelihood, f, 3, 2, S);
        double mean = average(s -> f[3 + 2 * s]);
        double noise = average(s -> Math.exp(f[4 + 2 * s]));
        double between = average(s -> Math.pow(f[3 + 2 * s] - mean, 2));
        double second = average(s -> f[3 + 2 * s] * f[3 + 2 * s] + Math.exp(f[4 + 2 * s]));
        assertEquals(mean, m.mean(), 1e-6);
        assertEquals(noise, m.aleatoric(), 1e-6);
        assertEquals(between * S / (S - 1), m.epistemic(), 1e-6);
        double total = second - mean * mean;
        assertEquals(total, m.epistemic() * (S - 1) / S + m.aleatoric(), 1e-6, "the law of total variance");
    }

    @Test
    void shouldSplitTheVarianceOfTheLabelWhenThereAreTwoClasses() {
        float[] f = normals(S);
        Moments m = Moments.of(new Likelihood.Bernoulli(), f, 0, 1, S);
        double p = average(s -> sigmoid(f[s]));
        assertEquals(p, m.mean(), 1e-12);
        assertEquals(p * (1 - p), m.epistemic() + m.aleatoric(), 1e-12, "total variance of a Bernoulli label");
        assertEquals(average(s -> sigmoid(f[s]) * (1 - sigmoid(f[s]))), m.aleatoric(), 1e-12);
        assertEquals(average(s -> binaryEntropy(sigmoid(f[s]))), m.expectedEntropy(), 1e-12);
        assertEquals(1 - p, m.probabilities()[0], 1e-12);
        assertEquals(p, m.probabilities()[1], 1e-12);
    }

    @Test
    void shouldMeasureInformationWhenThereAreManyClasses() {
        int classes = 4;
        float[] f = normals(classes * S);
        for (int s = 0; s < S; s++) {
            f[s * classes + 2] += 2;
        }
        Likelihood.Categorical likelihood = new Likelihood.Categorical(classes);
        Moments m = Moments.of(likelihood, f, 0, classes, S);
        double[] mean = new double[classes];
        double entropies = 0;
        double aleatoric = 0;
        for (int s = 0; s < S; s++) {
            double[] p = new double[classes];
            likelihood.probabilities(f, s * classes, p);
            for (int k = 0; k < classes; k++) {
                mean[k] += p[k] / S;
                entropies -= p[k] * Math.log(p[k]) / S;
                aleatoric += p[k] * (1 - p[k]) / S;
            }
        }
        double entropy = 0;
        double total = 1;
        for (int k = 0; k < classes; k++) {
            assertEquals(mean[k], m.probabilities()[k], 1e-12);
            entropy -= mean[k] * Math.log(mean[k]);
            total -= mean[k] * mean[k];
        }
        ClassPrediction prediction = (ClassPrediction) new PredictionMaker(
                        likelihood, 0, 1, 0.9, List.of(), null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                .make(m);
        assertEquals(2, prediction.mean());
        assertEquals(entropy, prediction.entropy(), 1e-12);
        assertEquals(entropy - entropies, prediction.mutualInformation(), 1e-12);
        assertTrue(prediction.mutualInformation() > 0.05, "samples that differ carry information");
        assertEquals(aleatoric, prediction.aleatoricVariance(), 1e-12);
        assertEquals(total, prediction.variance(), 1e-12);
        assertEquals(Math.log(mean[1]), prediction.logLikelihood(1), 1e-12);
    }

    @Test
    void shouldHaveNoEpistemicPartWhenAllSamplesAgree() {
        for (Likelihood likelihood : new Likelihood[] {
            new Likelihood.Gaussian(0.3),
            new Likelihood.Bernoulli(),
            new Likelihood.Categorical(2),
            new CountLikelihood(0, 1, 1, 0, 20),
            new Likelihood.Heteroscedastic(1)
        }) {
            float[] f = new float[2 * S];
            java.util.Arrays.fill(f, 0.25f);
            Moments m = Moments.of(likelihood, f, 0, 2, S);
            assertEquals(0, m.epistemic(), 1e-12, likelihood.toString());
            double entropy = m.probabilities().length == 0 ? 0 : Entropy.of(m.probabilities());
            assertEquals(entropy, m.expectedEntropy(), 1e-12);
        }
    }

    @Test
    void shouldStayAProbabilityWhenCorrected() {
        Moments network = Moments.of(new Likelihood.Bernoulli(), normals(S), 0, 1, S);
        for (double p : new double[] {1e-4, 0.3, 1 - 1e-4}) {
            for (double share : new double[] {0, 0.1, 1}) {
                Moments m = network.withProbability(p, share * p * (1 - p));
                assertEquals(p * (1 - p), m.epistemic() + m.aleatoric(), 1e-15);
                assertTrue(m.aleatoric() >= 0 && m.expectedEntropy() >= 0);
                assertTrue(m.expectedEntropy() <= Entropy.binary(p));
            }
        }
    }

    private static double average(ToDoubleFunction<Integer> of) {
        double sum = 0;
        for (int s = 0; s < S; s++) {
            sum += of.applyAsDouble(s) / S;
        }
        return sum;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static double binaryEntropy(double p) {
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    private static float[] normals(int n) {
        float[] values = new float[n];
        CounterRandom.of(50, n, 0, 0).fill(values, n);
        return values;
    }

    @Test
    void shouldAverageTheNetworksOutputWhenThereAreSeveral() {
        float[] f = normals(3 + 2 * S);
        double output = average(s -> f[3 + 2 * s]);
        double spread = average(s -> Math.pow(f[3 + 2 * s] - output, 2)) * S / (S - 1);
        Moments two = Moments.of(new Likelihood.Heteroscedastic(1), f, 3, 2, S);
        assertEquals(output, two.output(), 1e-6);
        assertEquals(spread, two.outputVariance(), 1e-6);
        assertEquals(
                output, Moments.of(new Likelihood.Categorical(2), f, 3, 2, S).output(), 1e-6);
    }

    @Test
    void shouldTakeTheInformationOfASmallVarianceWhenAProbabilityIsCorrected() {
        Moments network = Moments.of(new Likelihood.Bernoulli(), normals(S), 0, 1, S);
        double total = 0.3 * 0.7;
        assertEquals(
                binaryEntropy(0.3) - 0.02 / (2 * total),
                network.withProbability(0.3, 0.02).expectedEntropy(),
                1e-12);
        assertEquals(0, network.withProbability(1, 0).expectedEntropy(), 0);
    }
}
