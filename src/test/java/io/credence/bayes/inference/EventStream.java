package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.NetworkSpec.LikelihoodKind;
import io.credence.bayes.linalg.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** Seeded labelled events that fit a likelihood, one a second. */
public final class EventStream {
    private EventStream() {}

    /** {@code n} events with {@code columns} standard normal features. */
    public static List<Observation> of(LikelihoodKind kind, int n, int columns, long seed) {
        CounterRandom noise = CounterRandom.of(seed, CounterRandom.hash("stream"), 0, 0);
        List<Observation> events = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            float[] x = new float[columns];
            noise.fill(x, columns);
            double f = x[0] - 0.5 * x[columns - 1];
            double y =
                    switch (kind) {
                        case GAUSSIAN -> 10 + 4 * f + noise.gaussian();
                        case HETEROSCEDASTIC -> 10 + 4 * f + (0.3 + Math.abs(x[0])) * noise.gaussian();
                        case BERNOULLI -> f + 0.5 * noise.gaussian() > 0 ? 1 : 0;
                        case CATEGORICAL -> f > 0.5 ? 2 : f > -0.5 ? 1 : 0;
                        case POISSON -> Math.floor(Math.exp(0.5 * f + 0.5 * noise.gaussian()) + noise.uniform());
                    };
            events.add(new Observation("", "e" + i, 1000L * i, new FeatureVector(x), y));
        }
        return events;
    }
}
