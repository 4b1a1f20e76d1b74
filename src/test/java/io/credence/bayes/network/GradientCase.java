package io.credence.bayes.network;

import io.credence.bayes.linalg.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One likelihood, activation and depth, with a small seeded data set: what the finite differences run over. */
record GradientCase(Likelihood likelihood, Activation activation, List<Integer> hidden) {
    static final int EVENTS = 6;
    static final int INPUTS = 3;

    static Stream<GradientCase> all() {
        List<GradientCase> cases = new ArrayList<>();
        for (Likelihood likelihood : likelihoods()) {
            for (Activation activation : Activation.values()) {
                cases.add(new GradientCase(likelihood, activation, List.of()));
                cases.add(new GradientCase(likelihood, activation, List.of(5)));
                cases.add(new GradientCase(likelihood, activation, List.of(5, 4)));
            }
        }
        return cases.stream();
    }

    static List<Likelihood> likelihoods() {
        return List.of(
                new Likelihood.Gaussian(0.7),
                new Likelihood.Heteroscedastic(1),
                new Likelihood.Bernoulli(),
                new Likelihood.Categorical(3),
                new CountLikelihood(0.3, 0.8, 1.2, 0.4, 20));
    }

    ParameterLayout layout() {
        return new ParameterLayout(INPUTS, hidden, likelihood.outputs());
    }

    float[] inputs() {
        return normals(EVENTS * INPUTS, 1, 1);
    }

    float[] means() {
        return normals(layout().size(), 2, 0.5);
    }

    float[] variances() {
        float[] variances = normals(layout().size(), 3, 0.3);
        for (int i = 0; i < variances.length; i++) {
            variances[i] = 0.05f + variances[i] * variances[i];
        }
        return variances;
    }

    /** Weighted negative log-likelihood of outputs; its gradient goes to {@code df}. */
    double loss(float[] f, float[] df) {
        double sum = 0;
        for (int i = 0; i < EVENTS; i++) {
            float weight = 0.5f + 0.25f * i;
            int at = i * likelihood.outputs();
            sum -= weight * likelihood.logLikelihood(f, at, label(i));
            likelihood.gradient(f, at, label(i), weight, df);
        }
        return sum;
    }

    float[] outputs() {
        return new float[EVENTS * likelihood.outputs()];
    }

    private double label(int i) {
        if (likelihood instanceof Likelihood.Bernoulli) {
            return i % 2;
        }
        return likelihood instanceof Likelihood.Gaussian || likelihood instanceof Likelihood.Heteroscedastic
                ? 0.6 * i - 1.3
                : i % 3;
    }

    private static float[] normals(int n, long seed, double scale) {
        float[] values = new float[n];
        CounterRandom noise = CounterRandom.of(seed, 7, 0, 0);
        for (int i = 0; i < n; i++) {
            values[i] = (float) (scale * noise.gaussian());
        }
        return values;
    }
}
