package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightPassTest {
    @ParameterizedTest
    @MethodSource("io.credence.bayes.network.GradientCase#all")
    void shouldPassBackTheGradientWhenComparedWithFiniteDifferences(GradientCase c) {
        WeightPass pass = new WeightPass(c.layout(), c.activation(), GradientCase.EVENTS);
        float[] x = c.inputs();
        float[] df = c.outputs();
        float[] gradient = new float[c.layout().size()];
        c.loss(pass.forward(GradientCase.EVENTS, x, c.means()), df);
        pass.backward(GradientCase.EVENTS, df, gradient);
        FiniteDifferences.assertGradient(
                "w", gradient, c.means(), w -> c.loss(pass.forward(GradientCase.EVENTS, x, w), c.outputs()));
    }

    @Test
    void shouldComputeByHandWhenTheNetworkIsTiny() {
        ParameterLayout layout = new ParameterLayout(2, List.of(2), 1);
        WeightPass pass = new WeightPass(layout, Activation.RELU, 2);
        float[] w = {1, -1, 2, 0.5f, 0.25f, -3, 2, 4, 10};
        /* Event (1, 2): z = (1 + 4 + 0.25, −1 + 1 − 3) = (5.25, −3); f = 2·5.25 + 4·0 + 10. */
        float[] f = pass.forward(2, new float[] {1, 2, -1, 20}, w);
        assertEquals(20.5f, f[0], 1e-6);
        /* Event (−1, 20): z = (39.25, 8); f = 78.5 + 32 + 10. */
        assertEquals(120.5f, f[1], 1e-5);
    }

    @Test
    void shouldAddToTheGradientWhenItHoldsSomething() {
        GradientCase c = new GradientCase(new Likelihood.Gaussian(1), Activation.TANH, List.of(4));
        WeightPass pass = new WeightPass(c.layout(), c.activation(), GradientCase.EVENTS);
        float[] df = c.outputs();
        Arrays.fill(df, 1);
        pass.forward(GradientCase.EVENTS, c.inputs(), c.means());
        float[] once = new float[c.layout().size()];
        pass.backward(GradientCase.EVENTS, df, once);
        float[] twice = once.clone();
        pass.backward(GradientCase.EVENTS, df, twice);
        for (int i = 0; i < once.length; i++) {
            once[i] *= 2;
        }
        assertArrayEquals(once, twice, 1e-5f);
    }
}
