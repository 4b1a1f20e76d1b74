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
import org.junit.jupiter.params.provider.ValueSource;

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
        c.loss(pass.forward(N, x, mu, sigma2, noise()), df);
        pass.backward(N, df, gradMu, gradSigma2);
        FiniteDifferences.assertGradient(
                "μ", gradMu, mu, m -> c.loss(pass.forward(N, x, m, sigma2, noise()), c.outputs()));
        FiniteDifferences.assertGradient(
                "σ²", gradSigma2, sigma2, v -> c.loss(pass.forward(N, x, mu, v, noise()), c.outputs()));
    }

    @Test
    void shouldEqualThePlainPassWhenVariancesAreZero() {
        GradientCase c = new GradientCase(new Likelihood.Gaussian(1), Activation.GELU, List.of(5, 4));
        float[] plain = new WeightPass(c.layout(), c.activation(), N)
                .forward(N, c.inputs(), c.means())
                .clone();
        float[] local = new LocalPass(c.layout(), c.activation(), N)
                .forward(N, c.inputs(), c.means(), new float[c.layout().size()], noise());
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
                .forward(n, x, new float[] {0.5f, 1, 3}, new float[] {0.25f, 0.5f, 0.75f}, noise());
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

    @ParameterizedTest
    @ValueSource(ints = {5, 9})
    void shouldMirrorTheNoiseWhenSamplingOneEvent(int n) {
        ParameterLayout layout = new ParameterLayout(1, List.of(), 2);
        float[] mu = {2, -1, 0.5f, 0.25f};
        float[] f = new LocalPass(layout, Activation.RELU, n)
                .samples(n, new float[] {1}, mu, new float[] {1, 1, 1, 1}, noise());
        for (int pair = 0; pair < n / 2; pair++) {
            assertEquals(2 * 2.5, f[4 * pair] + f[4 * pair + 2], 1e-5);
            assertEquals(2 * -0.75, f[4 * pair + 1] + f[4 * pair + 3], 1e-5);
        }
        assertNotEquals(f[0], f[4]);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 64})
    void shouldHaveTheMomentsOfManyEventsWhenSamplingOne(int n) {
        GradientCase c = new GradientCase(new Likelihood.Gaussian(1), Activation.TANH, List.of(7, 4));
        int inputs = c.layout().inputs();
        float[] x = new float[n * inputs];
        for (int i = 0; i < n; i++) {
            System.arraycopy(c.inputs(), 0, x, i * inputs, inputs);
        }
        LocalPass pass = new LocalPass(c.layout(), c.activation(), n);
        double difference = 0;
        double square = 0;
        int steps = 20_000 / n;
        for (int step = 0; step < steps; step++) {
            float[] many =
                    pass.forward(n, x, c.means(), c.variances(), noise(step)).clone();
            float[] one = pass.samples(n, c.inputs(), c.means(), c.variances(), noise(steps + step));
            for (int i = 0; i < n; i++) {
                difference += (one[i] - many[i]) / (n * steps);
                square += (one[i] * one[i] - many[i] * many[i]) / (n * steps);
            }
        }
        assertEquals(0, difference, 0.05);
        assertEquals(0, square, 0.1);
    }

    @Test
    void shouldPassBackTheSameWhenManyEventsAreSeveralTimesFew() {
        GradientCase c = new GradientCase(new Likelihood.Categorical(3), Activation.RELU, List.of(6, 5));
        int size = c.layout().size();
        int times = 4;
        LocalPass few = new LocalPass(c.layout(), c.activation(), N);
        LocalPass many = new LocalPass(c.layout(), c.activation(), times * N);
        float[] x = new float[times * c.inputs().length];
        for (int k = 0; k < times; k++) {
            System.arraycopy(c.inputs(), 0, x, k * c.inputs().length, c.inputs().length);
        }
        float[] sure = new float[size];
        float[] f = few.forward(N, c.inputs(), c.means(), sure, noise()).clone();
        float[] repeated = many.forward(times * N, x, c.means(), sure, noise()).clone();
        float[] df = c.outputs();
        c.loss(f, df);
        float[] dMany = new float[times * df.length];
        for (int k = 0; k < times; k++) {
            assertArrayEquals(
                    Arrays.copyOf(f, df.length),
                    Arrays.copyOfRange(repeated, k * df.length, (k + 1) * df.length),
                    1e-5f);
            System.arraycopy(df, 0, dMany, k * df.length, df.length);
        }
        float[] once = new float[size];
        float[] often = new float[size];
        few.backward(N, df, once, new float[size]);
        many.backward(times * N, dMany, often, new float[size]);
        for (int i = 0; i < size; i++) {
            assertEquals(times * once[i], often[i], 1e-4 * Math.max(1, Math.abs(once[i])));
        }
    }

    private static CounterRandom noise(int step) {
        return CounterRandom.of(22, 0, step, 0);
    }

    private static CounterRandom noise() {
        return CounterRandom.of(21, 0, 0, 0);
    }
}
