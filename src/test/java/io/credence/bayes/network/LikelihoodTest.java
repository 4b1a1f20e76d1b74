package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each likelihood is a normalised density with the moments and the gradient it states. */
class LikelihoodTest {
    /** A likelihood, outputs of it, and the sum of a function of the label over its whole support. */
    record Case(Likelihood likelihood, float[] f) {
        double expect(DoubleUnaryOperator g) {
            double sum = 0;
            if (likelihood instanceof Likelihood.Gaussian || likelihood instanceof Likelihood.Heteroscedastic) {
                double deviation = Math.sqrt(likelihood.variance(f, 1));
                double step = deviation / 50;
                for (double y = f[1] - 12 * deviation; y <= f[1] + 12 * deviation; y += step) {
                    sum += step * Math.exp(likelihood.logLikelihood(f, 1, y)) * g.applyAsDouble(y);
                }
                return sum;
            }
            int values = likelihood instanceof CountLikelihood ? 800 : Math.max(2, likelihood.outputs());
            for (int y = 0; y < values; y++) {
                sum += Math.exp(likelihood.logLikelihood(f, 1, y)) * g.applyAsDouble(y);
            }
            return sum;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (float a : new float[] {-2.5f, 0, 0.3f, 3}) {
            cases.add(new Case(new Likelihood.Gaussian(0.4), new float[] {9, a, 9}));
            cases.add(new Case(new Likelihood.Heteroscedastic(1), new float[] {9, a, 0.7f * a, 9}));
            cases.add(new Case(new Likelihood.Bernoulli(), new float[] {9, a, 9}));
            cases.add(new Case(new Likelihood.Categorical(3), new float[] {9, a, 1, -a, 9}));
            cases.add(new Case(poisson(), new float[] {9, a, 9}));
            cases.add(new Case(new CountLikelihood(0.4, 0.6, 1, 0.3, 20), new float[] {9, a, 9}));
        }
        return cases.stream();
    }

    private static Likelihood poisson() {
        return new CountLikelihood(0, 1, 1, 0, 20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldSumToOneWhenSummedOverAllLabels(Case c) {
        assertEquals(1, c.expect(y -> 1), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldHaveTheStatedMomentsWhenTheLabelIsANumber(Case c) {
        if (c.likelihood() instanceof Likelihood.Categorical categorical) {
            double[] p = new double[3];
            categorical.probabilities(c.f(), 1, p);
            assertEquals(1 - p[0] * p[0] - p[1] * p[1] - p[2] * p[2], categorical.variance(c.f(), 1), 1e-12);
            assertEquals(c.expect(y -> y == 2 ? 1 : 0), p[2], 1e-12);
            return;
        }
        double mean = c.expect(y -> y);
        assertEquals(mean, c.likelihood().mean(c.f(), 1), 1e-6);
        assertEquals(c.expect(y -> (y - mean) * (y - mean)), c.likelihood().variance(c.f(), 1), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGiveTheGradientWhenComparedWithFiniteDifferences(Case c) {
        int outputs = c.likelihood().outputs();
        for (int y = 0; y < 2; y++) {
            float[] df = {5, 0, 0, 0, 5};
            c.likelihood().gradient(c.f(), 1, y, 1.5f, df);
            assertEquals(5, df[0], "the place before");
            for (int k = 0; k < outputs; k++) {
                float[] up = c.f().clone();
                float[] down = c.f().clone();
                up[1 + k] += 0.01f;
                down[1 + k] -= 0.01f;
                double slope =
                        (c.likelihood().logLikelihood(up, 1, y) - c.likelihood().logLikelihood(down, 1, y))
                                / (up[1 + k] - down[1 + k]);
                assertEquals(-1.5 * slope, df[1 + k], 2e-3 * (1 + Math.abs(slope)), "output " + k);
            }
        }
    }

    @Test
    void shouldGiveTheGradientWhenCountsVaryMoreOrLessThanANegativeBinomial() {
        for (double phi : new double[] {0.3, 2.5}) {
            for (double alpha : new double[] {0, 0.02, 1.5}) {
                Likelihood counts = new CountLikelihood(5, 0.5, phi, alpha, 20);
                for (double y : new double[] {0, 3, 150, 4_000}) {
                    float[] df = new float[1];
                    counts.gradient(new float[] {0.4f}, 0, y, 1, df);
                    double slope = (counts.logLikelihood(new float[] {0.41f}, 0, y)
                                    - counts.logLikelihood(new float[] {0.39f}, 0, y))
                            / (0.41f - 0.39f);
                    assertEquals(-slope, df[0], 1e-3 * (1 + Math.abs(slope)), counts + " at " + y);
                }
            }
        }
    }

    @Test
    void shouldWeighLargeRatesMoreThanTheirVarianceWhenCountsAreOverdispersed() {
        Likelihood counts = new CountLikelihood(Math.log(100), 1, 1, 0.5, 20);
        double before = 0;
        for (float f : new float[] {-3, -1, 0, 1, 2}) {
            double m = counts.mean(new float[] {f}, 0);
            double weight = counts.weight(new float[] {f}, 0);
            assertEquals((1 + 0.5 * m) / (1 + 0.5 * Math.sqrt(100 * m)), weight, 1e-9);
            assertTrue(weight > before, "rises with the rate");
            before = weight;
        }
        assertEquals(1, counts.weight(new float[] {0}, 0), 1e-9);
        assertEquals(1, new CountLikelihood(Math.log(100), 1, 1, 0, 20).weight(new float[] {2}, 0), 1e-12);
    }

    @Test
    void shouldLearnAlikeWhenCountsAreFewOrMany() {
        // One deviation of the labels above the mean, under noise of half of it: the same pull whatever the mean.
        for (double mean : new double[] {5_000, 20_000, 1e6}) {
            double deviation = 0.02 * mean;
            Likelihood counts = new CountLikelihood(Math.log(mean), 0.02, 1e-9, 0.0001, 20);
            float[] df = new float[1];
            counts.gradient(new float[] {0}, 0, mean + deviation, 1, df);
            assertEquals(-4, df[0], 1e-3);
            assertEquals(4, counts.surprise(new float[] {0}, 0, mean + deviation), 1e-3);
        }
    }

    @Test
    void shouldStayFiniteWhenOutputsAreExtreme() {
        for (Likelihood likelihood : GradientCase.likelihoods()) {
            for (float a : new float[] {-1e4f, -800, -90, 90, 800, 1e4f}) {
                float[] f = {a, -a, a / 2};
                float[] df = new float[3];
                for (int y = 0; y < 2; y++) {
                    assertTrue(Double.isFinite(likelihood.logLikelihood(f, 0, y)), likelihood + " at " + a);
                    assertTrue(likelihood.logLikelihood(f, 0, y) < 10);
                    likelihood.gradient(f, 0, y, 1, df);
                    for (float d : df) {
                        assertTrue(Float.isFinite(d), likelihood + " at " + a);
                    }
                }
                assertTrue(Double.isFinite(likelihood.mean(f, 0)));
                assertTrue(likelihood.variance(f, 0) >= 0 && Double.isFinite(likelihood.variance(f, 0)));
            }
        }
    }

    @Test
    void shouldPullBackWhenOutputsAreBeyondTheLimitAndDataDisagree() {
        float[] df = new float[2];
        poisson().gradient(new float[] {25}, 0, 3, 1, df);
        assertTrue(df[0] > 0, "a rate far too large must fall: " + df[0]);
        poisson().gradient(new float[] {-25}, 0, 3, 1, df);
        assertTrue(df[0] < 0, "a rate far too small must rise: " + df[0]);
        new Likelihood.Heteroscedastic(1).gradient(new float[] {0, -20}, 0, 3, 1, df);
        assertTrue(df[1] < 0, "a variance far too small must rise: " + df[1]);
        new Likelihood.Heteroscedastic(1).gradient(new float[] {0, 20}, 0, 3, 1, df);
        assertTrue(df[1] > 0, "a variance far too large must fall: " + df[1]);
    }

    @Test
    void shouldPullTheMeanByTheRootOfThePrecisionWhenTheNoiseDependsOnTheEvent() {
        Likelihood likelihood = new Likelihood.Heteroscedastic(0.25);
        float[] df = new float[2];
        for (float log : new float[] {-3, 0, 2}) {
            float[] f = {1, log};
            likelihood.gradient(f, 0, 3, (float) likelihood.weight(f, 0), df);
            assertEquals(-2 / Math.sqrt(0.25 * Math.exp(log)), df[0], 1e-5);
        }
    }

    @Test
    void shouldNotPushFurtherWhenOutputsAreBeyondTheLimitAndDataAgree() {
        float[] df = new float[2];
        poisson().gradient(new float[] {-25}, 0, 0, 1, df);
        assertEquals(0, df[0]);
        new Likelihood.Heteroscedastic(1).gradient(new float[] {0, -20}, 0, 0, 1, df);
        assertEquals(0, df[1]);
    }
}
