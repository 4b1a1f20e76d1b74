package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed form against quadrature, its gradient against finite differences. */
class KlDivergenceTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 0, 1, 0", "0.7, 0.2, 0, 1, 1.2944", "-1.5, 0.9, 0.5, 2, 0.9", "0.01, 0.05, 0, 0.125, 0.5"})
    void shouldEqualTheIntegralWhenOneWeightIsIntegrated(
            float mu, float sigma, float priorMean, float prior, double about) {
        double step = sigma / 400;
        double integral = 0;
        for (double w = mu - 12 * sigma; w <= mu + 12 * sigma; w += step) {
            double q = logDensity(w, mu, sigma);
            integral += step * Math.exp(q) * (q - logDensity(w, priorMean, prior));
        }
        double closed = KlDivergence.of(new float[] {mu}, new float[] {sigma * sigma}, prior(priorMean, prior));
        assertEquals(integral, closed, 1e-5 * (1 + integral));
        assertEquals(about, closed, 0.15, "by hand, coarse");
    }

    @ParameterizedTest
    @CsvSource({"0.7, 0.2, 0, 1", "-1.5, 0.9, 0.5, 2", "0.01, 0.05, 0, 0.125", "2, 1.5, 1, 1"})
    void shouldGiveTheGradientWhenComparedWithFiniteDifferences(float mu, float sigma, float priorMean, float prior) {
        float sigma2 = sigma * sigma;
        float h = 1e-3f * sigma2;
        double byMu = (kl(mu + h, sigma2, priorMean, prior) - kl(mu - h, sigma2, priorMean, prior))
                / ((double) (mu + h) - (mu - h));
        double bySigma2 = (kl(mu, sigma2 + h, priorMean, prior) - kl(mu, sigma2 - h, priorMean, prior))
                / ((double) (sigma2 + h) - (sigma2 - h));
        assertEquals(byMu, KlDivergence.gradientMu(mu, priorMean, prior), 1e-3 * (0.1 + Math.abs(byMu)));
        assertEquals(bySigma2, KlDivergence.gradientSigma2(sigma2, prior), 1e-3 * (0.1 + Math.abs(bySigma2)));
    }

    @ParameterizedTest
    @CsvSource({"1", "5"})
    void shouldAddUpWhenWeightsAreIndependent(int n) {
        float[] mu = new float[n];
        float[] sigma2 = new float[n];
        Prior prior = new Prior(new float[n], new float[n]);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            mu[i] = 0.3f * i;
            sigma2[i] = 0.1f + 0.2f * i;
            prior.means()[i] = -0.1f * i;
            prior.deviations()[i] = 0.5f + i;
            sum += kl(mu[i], sigma2[i], prior.means()[i], prior.deviations()[i]);
        }
        assertEquals(sum, KlDivergence.of(mu, sigma2, prior), 1e-9);
    }

    private static double kl(float mu, float sigma2, float priorMean, float prior) {
        return KlDivergence.of(new float[] {mu}, new float[] {sigma2}, prior(priorMean, prior));
    }

    private static Prior prior(float mean, float deviation) {
        return new Prior(new float[] {mean}, new float[] {deviation});
    }

    private static double logDensity(double w, double mean, double deviation) {
        double z = (w - mean) / deviation;
        return -0.5 * z * z - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    }
}
