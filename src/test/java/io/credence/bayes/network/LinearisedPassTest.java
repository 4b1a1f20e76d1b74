package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The linearised variance against differences of a network in double precision. */
class LinearisedPassTest {
    private static final int INPUTS = 3;
    private static final double STEP = 1e-6;

    private final Random random = new Random(5);

    static Stream<Arguments> shapes() {
        List<Arguments> shapes = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(4), List.of(7, 5), List.of(6, 1))) {
                for (int n : new int[] {1, 3, 70}) {
                    shapes.add(Arguments.of(activation, hidden, n));
                }
            }
        }
        return shapes.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldBeWhatDifferencesOfTheOutputSay(Activation activation, List<Integer> hidden, int n) {
        check(activation, hidden, n, new Likelihood.Gaussian(1));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldBeWhatDifferencesOfTheMeanSayWhenTheNoiseIsAnOutputToo(
            Activation activation, List<Integer> hidden, int n) {
        check(activation, hidden, n, new Likelihood.Heteroscedastic(1));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldBeWhatDifferencesOfTheLikeliestClassesLogOddsSay(Activation activation, List<Integer> hidden, int n) {
        check(activation, hidden, n, new Likelihood.Categorical(3));
    }

    private void check(Activation activation, List<Integer> hidden, int n, Likelihood likelihood) {
        int outputs = likelihood.outputs();
        ParameterLayout layout = new ParameterLayout(INPUTS, hidden, outputs);
        float[] mu = floats(layout.size());
        float[] sigma2 = floats(layout.size());
        for (int i = 0; i < sigma2.length; i++) {
            sigma2[i] = 0.1f * Math.abs(sigma2[i]);
        }
        float[] x = floats(n * INPUTS);
        float[] f = new float[n * outputs];
        double[] variance = new double[n];
        GaussianNetwork network = new GaussianNetwork(layout, activation).put(mu, sigma2);
        LinearisedPass.of(network).run(network, likelihood, n, x, f, variance);
        for (int i = 0; i < n; i++) {
            double[] w = new double[mu.length];
            for (int p = 0; p < w.length; p++) {
                w[p] = mu[p];
            }
            double[] out = forward(layout, activation, w, x, i);
            for (int k = 0; k < outputs; k++) {
                assertEquals(out[k], f[i * outputs + k], 1e-4, "output " + k + " of event " + i);
            }
            double expected = 0;
            for (int p = 0; p < w.length; p++) {
                w[p] = mu[p] + STEP;
                double up = asked(likelihood, forward(layout, activation, w, x, i));
                w[p] = mu[p] - STEP;
                double down = asked(likelihood, forward(layout, activation, w, x, i));
                w[p] = mu[p];
                expected += sigma2[p] * Math.pow((up - down) / (2 * STEP), 2);
            }
            assertEquals(expected, variance[i], 1e-4 * Math.max(1, expected), "event " + i + " of " + n);
        }
    }

    private float[] floats(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** The first output, of several classes the log-odds of the likeliest. */
    private static double asked(Likelihood likelihood, double[] f) {
        if (!(likelihood instanceof Likelihood.Categorical)) {
            return f[0];
        }
        int likeliest = 0;
        for (int k = 1; k < f.length; k++) {
            likeliest = f[k] > f[likeliest] ? k : likeliest;
        }
        double others = 0;
        for (int k = 0; k < f.length; k++) {
            others += k == likeliest ? 0 : Math.exp(f[k]);
        }
        return f[likeliest] - Math.log(others);
    }

    private static double[] forward(ParameterLayout layout, Activation activation, double[] w, float[] x, int event) {
        double[] a = new double[INPUTS];
        for (int j = 0; j < INPUTS; j++) {
            a[j] = x[event * INPUTS + j];
        }
        for (Layer layer : layout.layers()) {
            double[] z = new double[layer.fanOut()];
            for (int j = 0; j < z.length; j++) {
                z[j] = w[layer.biases() + j];
                for (int i = 0; i < a.length; i++) {
                    z[j] += a[i] * w[layer.weights() + i * z.length + j];
                }
            }
            a = z;
            if (layer.end() < layout.size()) {
                for (int j = 0; j < a.length; j++) {
                    a[j] = activated(activation, a[j]);
                }
            }
        }
        return a;
    }

    private static double activated(Activation activation, double z) {
        return switch (activation) {
            case RELU -> Math.max(0, z);
            case TANH -> Math.tanh(z);
            case SILU -> z / (1 + Math.exp(-z));
            case GELU -> 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
        };
    }
}
