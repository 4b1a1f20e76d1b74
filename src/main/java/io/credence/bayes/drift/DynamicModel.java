package io.credence.bayes.drift;

import io.credence.bayes.linalg.Elementary;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * One hypothesis of the bank: the network's output plus a linear correction whose coefficients walk at random.
 *
 * <p>A dynamic generalised linear model (West &amp; Harrison 1997, ch. 14): y ~ f + hᵀβ with β ~ N(m, C), and C relaxing
 * towards the prior by {@code walk} × noise for each event. {@code walk} = 0 is a stationary correction, no coefficients
 * at all is the network alone.
 */
final class DynamicModel {
    /*
     * Gaussian: a Kalman step with innovation clipped at four predictive deviations. Logistic: one-dimensional Laplace
     * along h, Newton on u: max log p(y | μ + Q·u) − Q·u²/2. Evolution C ← (1 − k)·C + k·C∞·I, k = walk·V/C∞ ≤ ½,
     * cannot wind up in directions that are not excited, unlike a discount C/δ (Kulhavý & Zarrop 1993). V is the network's
     * noise there, not the adaptive one: a few wrong labels would let the coefficients run.
     * Variance: log V = log v_a + gᵀφ by online Fisher scoring with forgetting towards g ~ N(0, I/10).
     */
    private static final double START = 0.1;
    private static final double CEILING = 1;
    private static final double CLIP = 4;
    private static final double LOGISTIC_NOISE = 4;
    private static final double VARIANCE_PRECISION = 10;
    private static final double VARIANCE_MEMORY = 0.999;
    private static final double LOG_LIMIT = 6;
    private static final double SURPRISE_LIMIT = 9;
    private static final int NEWTON_STEPS = 8;
    private static final double RARE = 1e-4;

    final double walk;
    private final boolean adaptsVariance;
    private final int size;
    private final double[] m;
    private final double[][] c;
    private final double[] g = new double[Regressors.VARIANCE_TERMS];
    private final double[] precision = new double[Regressors.VARIANCE_TERMS * Regressors.VARIANCE_TERMS];
    private final double[] gain;

    double location;
    double spread;
    double noise;
    private double base;
    double probability;

    DynamicModel(int size, double walk, boolean adaptsVariance) {
        this.size = size;
        this.walk = walk;
        this.adaptsVariance = adaptsVariance;
        this.m = new double[size];
        this.c = new double[size][size];
        this.gain = new double[size];
        for (int i = 0; i < size; i++) {
            c[i][i] = START;
        }
        for (int i = 0; i < Regressors.VARIANCE_TERMS; i++) {
            precision[i * Regressors.VARIANCE_TERMS + i] = VARIANCE_PRECISION;
        }
    }

    /** Numbers that a model of that many regressors stores. */
    static int length(int size) {
        int terms = Regressors.VARIANCE_TERMS;
        return size + size * size + terms + terms * terms;
    }

    /** The stored form: m [size], C [size × size], g [4] and the precision of g [4 × 4], matrices row by row. */
    void store(DoubleBuffer out) {
        out.put(m);
        for (double[] row : c) {
            out.put(row);
        }
        out.put(g).put(precision);
    }

    void load(DoubleBuffer in) {
        in.get(m);
        for (double[] row : c) {
            in.get(row);
        }
        in.get(g).get(precision);
    }

    /** The means of the coefficients: a copy. */
    double[] coefficients() {
        return m.clone();
    }

    /** Predictive variance of a real target, given the network's epistemic variance. */
    double total(double networkVariance) {
        return noise + networkVariance + spread;
    }

    void predictReal(Regressors r, double output, double aleatoric) {
        project(r, output);
        double log = 0;
        for (int i = 0; adaptsVariance && i < g.length; i++) {
            log += g[i] * r.variance[i];
        }
        base = aleatoric;
        noise = aleatoric * Math.exp(Regressors.clip(log, LOG_LIMIT));
    }

    void predictBinary(Regressors r, double output, double networkProbability) {
        project(r, output);
        double p = size == 0 ? networkProbability : Elementary.sigmoid(location / Math.sqrt(1 + Math.PI * spread / 8));
        probability = Math.max(RARE, Math.min(1 - RARE, p));
    }

    private void project(Regressors r, double output) {
        Arrays.fill(gain, 0);
        location = output + r.base;
        spread = 0;
        for (int j = 0; j < size; j++) {
            if (r.mean[j] != 0) {
                addTo(gain, r.mean[j], c[j]);
            }
        }
        for (int i = 0; i < size; i++) {
            location += m[i] * r.mean[i];
            spread += gain[i] * r.mean[i];
        }
        spread = Math.max(0, spread);
    }

    /** The part of a correction that depends on neither the features nor the output, given the base and the last residual less it. */
    double level(double base, double residual) {
        return size == 0 ? base : base + m[0] + m[2] * residual;
    }

    private static void addTo(double[] sum, double h, double[] row) {
        for (int i = 0; i < row.length; i++) {
            sum[i] += h * row[i];
        }
    }

    /**
     * Follows a change of the target's unit, y' = factor·y + shift, so that corrections stay what they were: with
     * β' = Tβ, T = diag(factor, 1, 1, factor, …) and T₀₁ = −shift, since h₁ is the output and h₂ the last residual.
     */
    void rescale(double factor, double shift) {
        if (size == 0) {
            return;
        }
        m[0] = factor * m[0] - shift * m[1];
        for (int i = 3; i < size; i++) {
            m[i] *= factor;
        }
        for (int i = 0; i < size; i++) {
            c[0][i] = factor * c[0][i] - shift * c[1][i];
        }
        for (int i = 0; i < size; i++) {
            c[i][0] = factor * c[i][0] - shift * c[i][1];
        }
        for (int i = 3; i < size; i++) {
            for (int j = 0; j < size; j++) {
                c[i][j] *= factor;
                c[j][i] *= factor;
            }
        }
    }

    void learnReal(Regressors r, double y, double networkVariance) {
        double error = y - location;
        double total = total(networkVariance);
        double limit = CLIP * Math.sqrt(total);
        move(Regressors.clip(error, limit) / total, 1 / total, walk * base);
        if (adaptsVariance) {
            learnVariance(r, Math.min(error * error / total, SURPRISE_LIMIT), noise / total);
        }
    }

    void learnBinary(double y) {
        double u = 0;
        for (int i = 0; i < NEWTON_STEPS; i++) {
            double p = Elementary.sigmoid(location + spread * u);
            u += (y - p - u) / (1 + p * (1 - p) * spread);
        }
        double p = Elementary.sigmoid(location + spread * u);
        double weight = p * (1 - p);
        move(u, weight / (1 + weight * spread), walk * LOGISTIC_NOISE);
    }

    private void move(double step, double shrink, double diffusion) {
        double k = Math.min(0.5, diffusion / CEILING);
        for (int i = 0; i < size; i++) {
            m[i] += gain[i] * step;
            shrink(c[i], shrink * gain[i], gain, 1 - k);
            c[i][i] += k * CEILING;
        }
    }

    private static void shrink(double[] row, double factor, double[] gain, double keep) {
        for (int j = 0; j < row.length; j++) {
            row[j] = keep * (row[j] - factor * gain[j]);
        }
    }

    private void learnVariance(Regressors r, double surprise, double share) {
        int n = g.length;
        double[] score = new double[n];
        for (int i = 0; i < n; i++) {
            score[i] = 0.5 * share * (surprise - 1) * r.variance[i];
            for (int j = 0; j < n; j++) {
                precision[i * n + j] =
                        VARIANCE_MEMORY * precision[i * n + j] + 0.5 * share * share * r.variance[i] * r.variance[j];
            }
            precision[i * n + i] += (1 - VARIANCE_MEMORY) * VARIANCE_PRECISION;
        }
        Cholesky.solve(precision, score);
        for (int i = 0; i < n; i++) {
            g[i] += score[i];
        }
    }
}
