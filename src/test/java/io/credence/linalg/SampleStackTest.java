package io.credence.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.network.Activation;
import io.credence.network.ParameterLayout;
import io.credence.network.WeightPass;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SampleStackTest {
    @ParameterizedTest
    @EnumSource(Activation.class)
    void shouldAgreeWithThePassOfEachSampleWhenAllPassAtOnce(Activation activation) {
        ParameterLayout layout = new ParameterLayout(5, List.of(17, 9), 2);
        Noise noise = Noise.of(1, 2, 3, 4);
        float[][] w = new float[4][layout.size()];
        for (float[] sample : w) {
            noise.fill(sample, sample.length);
        }
        int n = 150;
        float[] x = new float[n * 5];
        noise.fill(x, x.length);
        List<SampleStack.Dense> dense = layout.layers().stream()
                .map(l -> new SampleStack.Dense(l.fanIn(), l.fanOut(), l.weights(), l.biases()))
                .toList();
        SampleStack stack = new SampleStack(dense, activation.onArrays(), w, 256);
        float[] f = new float[n * w.length * 2];
        stack.forward(n, x, f);
        WeightPass pass = new WeightPass(layout, activation, n);
        for (int s = 0; s < w.length; s++) {
            float[] expected = pass.forward(n, x, w[s]);
            for (int i = 0; i < n; i++) {
                for (int o = 0; o < 2; o++) {
                    float want = expected[i * 2 + o];
                    assertEquals(want, f[(i * w.length + s) * 2 + o], 1e-4 * (1 + Math.abs(want)), activation.name());
                }
            }
        }
    }
}
