package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.linalg.CounterRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples side by side against the pass of each one. */
class SampledPassTest {
    private static final int SAMPLES = 4;

    @ParameterizedTest
    @CsvSource({
        "RELU,1,1",
        "RELU,3,2",
        "RELU,7,1",
        "RELU,8,1",
        "RELU,150,2",
        "RELU,256,1",
        "TANH,1,2",
        "TANH,33,1",
        "SILU,2,1",
        "SILU,40,2",
        "GELU,1,1",
        "GELU,64,2",
        "RELU,600,3"
    })
    void shouldAgreeWithThePassOfEachSampleWhenAllPass(Activation activation, int n, int outputs) {
        check(List.of(17, 9), activation, n, outputs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 65, 255})
    void shouldAgreeWithThePassOfEachSampleWhenLayersAreAbsentOrOfOneUnit(int n) {
        for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(1), List.of(17, 1, 9), List.of(9, 1))) {
            check(hidden, Activation.RELU, n, 1);
            check(hidden, Activation.TANH, n, 3);
        }
    }

    private static void check(List<Integer> hidden, Activation activation, int n, int outputs) {
        ParameterLayout layout = new ParameterLayout(5, hidden, outputs);
        CounterRandom noise = CounterRandom.of(1, 2, 3, 4);
        float[][] w = new float[SAMPLES][layout.size()];
        for (float[] sample : w) {
            noise.fill(sample, sample.length);
        }
        float[] x = new float[n * 5];
        noise.fill(x, x.length);
        SampledNetworks networks = SampledNetworks.draw(
                layout, activation, SAMPLES, (s, into) -> System.arraycopy(w[s], 0, into, 0, into.length));
        float[] f = new float[n * SAMPLES * outputs];
        SampledPass pass = SampledPass.of(networks);
        pass.forward(networks, Math.max(1, n / 2), x, f);
        pass.forward(networks, n, x, f);
        WeightPass single = new WeightPass(layout, activation, n);
        for (int s = 0; s < SAMPLES; s++) {
            float[] expected = single.forward(n, x, w[s]);
            for (int i = 0; i < n * outputs; i++) {
                int at = (i / outputs * SAMPLES + s) * outputs + i % outputs;
                assertEquals(expected[i], f[at], 1e-4 * (1 + Math.abs(expected[i])), "sample " + s + ", output " + i);
            }
        }
    }
}
