package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.credence.bayes.linalg.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalPassTest {
    private static final int N = GradientCase.EVENTS;

    @ParameterizedTest
    @MethodSource("io.credence.bayes.network.GradientCase#all")
    void shouldPassBackBothGradientsWhenComparedWithFiniteDifferences(GradientCase c) {
        LocalPass pass = new LocalPass(c.layout(), c.activation(), N);
        float[] x = c.inputs();
        float[] df = c.outputs();
        float[] mu = c.means();
        float[] sigma2 = c.variances();
        float[] gradMu = new float[mu.length];
        float[] gradSigma2 = new float[mu.length];
        c.loss(pass.forward(N, x, mu, sigma2, noise(), false), df);
        pass.backward(N, df, gradMu, gradSigma2);
        FiniteDifferences.assertGradient(
                "μ", gradMu, mu, m -> c.loss(pass.forward(N, x, m, sigma2, noise(), false), c.outputs()));
        FiniteDifferences.assertGradient(
                "σ²", gradSigma2, sigma2, v -> c.loss(pass.forward(N, x, mu, v, noise(), false), c.outputs()));
    }

    @Test
    void shouldEqualThePlainPassWhenVariancesAreZero() {
        GradientCase c = new GradientCase(new Likelihood.Gaussian(1), Activation.GELU, List.of(5, 4));
        float[] plain = new WeightPass(c.layout(), c.activation(), N)
                .forward(N, c.inputs(), c.means())
                .clone();
        float[] local = new LocalPass(c.layout(), c.activation(), N)
                .forward(N, c.inputs(), c.means(), new float[c.layout().size()], noise(), false);
        assertArrayEquals(plain, Arrays.copyOf(local, plain.length), 1e-6f);
    }

    @Test
    void shouldHaveTheMomentsOfAWeightSampleWhenTheModelIsLinear() {
        ParameterLayout layout = new ParameterLayout(2, List.of(), 1);
        int n = 100_000;
        float[] x = new float[2 * n];
        for (int i = 0; i < n; i++) {
            x[2 * i] = 2;
            x[2 * i + 1] = -1;
        }
        float[] f = new LocalPass(layout, Activation.RELU, n)
                .forward(n, x, new float[] {0.5f, 1, 3}, new float[] {0.25f, 0.5f, 0.75f}, noise(), false);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            mean += f[i] / n;
            square += (double) f[i] * f[i] / n;
        }
        /* m = 2·½ − 1 + 3, v = 4·¼ + ½ + ¾. */
        assertEquals(3, mean, 5 * Math.sqrt(2.25 / n));
        assertEquals(2.25, square - mean * mean, 5 * 2.25 * Math.sqrt(2.0 / n));
    }

    @Test
    void shouldMirrorTheNoiseWhenAntithetic() {
        ParameterLayout layout = new ParameterLayout(1, List.of(), 2);
        float[] x = {1, 1, 1, 1, 1};
        float[] mu = {2, -1, 0.5f, 0.25f};
        float[] f =
                new LocalPass(layout, Activation.RELU, 5).forward(5, x, mu, new float[] {1, 1, 1, 1}, noise(), true);
        for (int pair = 0; pair < 2; pair++) {
            assertEquals(2 * 2.5, f[4 * pair] + f[4 * pair + 2], 1e-5);
            assertEquals(2 * -0.75, f[4 * pair + 1] + f[4 * pair + 3], 1e-5);
        }
        assertNotEquals(f[0], f[4]);
    }

    private static CounterRandom noise() {
        return CounterRandom.of(21, 0, 0, 0);
    }
}
