package io.credence.bayes.inference;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.linalg.CounterRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Events of a linear model with an orthogonal design and unit noise, with what is exactly true of them.
 *
 * <p>Columns of ±1 and the constant of the bias, all orthogonal: the posterior precision is diagonal, so the mean-field
 * optimum is the exact posterior.
 */
record LinearData(List<Observation> events, Prior prior) {
    static final int COLUMNS = 3;
    private static final double[] TRUTH = {1, -0.7, 0.4, 0.5};

    static LinearData orthogonal(int copies, Prior prior, long seed) {
        CounterRandom noise = CounterRandom.of(seed, 0, 0, 0);
        List<Observation> events = IntStream.range(0, 8 * copies)
                .mapToObj(i -> {
                    double[] x = {sign(i), sign(i >> 1), sign(i >> 2)};
                    double y = TRUTH[COLUMNS] + noise.gaussian();
                    for (int j = 0; j < COLUMNS; j++) {
                        y += TRUTH[j] * x[j];
                    }
                    return new Observation("", "e" + i, i, new FeatureVector(x), y);
                })
                .toList();
        return new LinearData(events, prior);
    }

    private static double sign(int bits) {
        return (bits & 1) == 0 ? -1 : 1;
    }

    static double column(Observation event, int j) {
        return j == COLUMNS ? 1 : event.features().values()[j];
    }

    /** Λ_jj = Σ x² + 1/σ₀², for unit noise. */
    double precision(int j) {
        double prior2 = prior.deviations()[j] * prior.deviations()[j];
        return events.stream().mapToDouble(e -> column(e, j) * column(e, j)).sum() + 1 / prior2;
    }

    double mean(int j) {
        return events.stream().mapToDouble(e -> column(e, j) * e.label()).sum() / precision(j);
    }

    /** The exact posterior as q. */
    Posterior exact() {
        Posterior q = Posterior.of(new float[COLUMNS + 1], new float[COLUMNS + 1]);
        for (int j = 0; j <= COLUMNS; j++) {
            q.mu()[j] = (float) mean(j);
            q.setSigma(j, (float) Math.sqrt(1 / precision(j)));
        }
        return q;
    }

    /** E_q[−log p(y | x, w)] of one event, for unit noise. */
    static double expectedLoss(Observation event, Posterior q) {
        double residual = event.label();
        double variance = 0;
        for (int j = 0; j <= COLUMNS; j++) {
            residual -= column(event, j) * q.mu()[j];
            variance += column(event, j) * column(event, j) * q.sigma2()[j];
        }
        return 0.5 * (Math.log(2 * Math.PI) + residual * residual + variance);
    }
}
