package io.credence.stream.state;

import java.nio.DoubleBuffer;

/** The drift layer of a published model, read by the layout that the schema gives: a part of {@link ModelReader}. */
final class DriftReader {
    private static final double[] WALKS = {0, 1e-4, 1e-3, 1e-2};

    private final boolean binary;
    private final int small;
    private final int full;
    private final double[] weights;
    private final double[] recent = new double[15];
    private final DoubleBuffer models;

    DriftReader(double[] stored, int columns, boolean binary) {
        this.binary = binary;
        this.small = binary ? 4 : 3;
        this.full = small + Math.min(60, columns);
        this.weights = new double[(binary ? 1 : 2) + 2 * WALKS.length];
        this.models = DoubleBuffer.wrap(stored).get(weights).get(recent).get(new double[2]);
    }

    /** From 0 to 1, whether the level of the labels walks. */
    static double walkingShare(double[] stored, boolean binary) {
        if (binary || stored.length == 0) {
            return 0;
        }
        double autocorrelation = clip(stored[13] / stored[14], 0.99);
        return Math.max(0, Math.min(1, (autocorrelation - 0.9) / 0.08));
    }

    /** Mean, epistemic and aleatoric variance, standardised. */
    double[] correct(ModelReader.Network network, float[] x, long time) {
        double last = recent[5];
        double interval = recent[6];
        double age =
                Double.isNaN(last) || interval <= 0 ? 0 : Math.max(0, Math.rint(Math.abs(time - last) / interval) - 1);
        double[] h = h(network, x, age);
        double f = h[1];
        double volatility = clip(Math.log(1 + (recent[2] - 1) * Math.pow(0.9, age)), 3);
        double[] phi = {1, f, f * f / 4, volatility};
        double[] used = used(age);
        double[] location = new double[used.length];
        double[] spread = new double[used.length];
        double[] noise = new double[used.length];
        double[] p = new double[used.length];
        for (int k = 0; k < used.length; k++) {
            int n = regressors(k);
            double[] m = next(n);
            double[] c = next(n * n);
            double[] g = next(4);
            next(16);
            location[k] = network.output() + recent[14] + dot(m, h);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    spread[k] += h[i] * c[i * n + j] * h[j];
                }
            }
            spread[k] = Math.max(0, spread[k]);
            noise[k] = network.aleatoric() * (k == 0 ? 1 : Math.exp(clip(dot(g, phi), 6)));
            double logit = location[k] / Math.sqrt(1 + Math.PI * spread[k] / 8);
            p[k] = n == 0 ? network.mean() : ModelReader.sigmoid(logit);
            p[k] = Math.max(1e-4, Math.min(1 - 1e-4, p[k]));
        }
        return binary ? classes(network, used, p, spread) : real(network, used, location, spread, noise);
    }

    private double[] h(ModelReader.Network network, float[] x, double age) {
        double lag = Math.pow(Math.max(0, Math.min(0.99, recent[3] / recent[4])), age);
        double[] h = new double[full];
        h[0] = 1;
        h[1] = clip(network.output(), binary ? 6 : 4);
        h[2] = lag * (recent[0] - recent[14]);
        if (binary) {
            h[3] = lag * recent[1];
        }
        for (int i = 0; i < x.length; i++) {
            int hash = (i + 1) * 0x9E3779B9;
            double sign = ((hash ^ (hash >>> 15)) & 1) == 0 ? 1 : -1;
            h[small + i % 60] += x.length <= 60 ? x[i] : sign * x[i] * Math.sqrt(60.0 / x.length);
        }
        return h;
    }

    /** The models' weights for an event of that age: those that walk hand theirs to those that do not. */
    private double[] used(double age) {
        double keep = Math.pow(0.999, age);
        double still = 1e-12;
        for (int k = 0; k < weights.length; k++) {
            still += walk(k) == 0 ? weights[k] : 0;
        }
        double[] used = new double[weights.length];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            used[k] = weights[k] * (keep + (walk(k) == 0 ? (1 - keep) / still : 0));
            sum += used[k];
        }
        for (int k = 0; k < weights.length; k++) {
            used[k] /= sum;
        }
        return used;
    }

    private double[] classes(ModelReader.Network network, double[] used, double[] p, double[] spread) {
        double mean = dot(used, p);
        double between = 0;
        for (int k = 0; k < used.length; k++) {
            between += used[k] * (Math.pow(p[k] - mean, 2) + Math.pow(p[k] * (1 - p[k]), 2) * spread[k]);
        }
        double logit = Math.log(mean / (1 - mean));
        mean = ModelReader.sigmoid(logit + dot(next(2), new double[] {1, clip(logit, 6)}));
        double total = mean * (1 - mean);
        double epistemic = Math.min(total, network.epistemic() + between);
        return new double[] {mean, epistemic, total - epistemic};
    }

    private double[] real(
            ModelReader.Network network, double[] used, double[] location, double[] spread, double[] noise) {
        double shift = 0;
        double square = 0;
        for (int k = 0; k < used.length; k++) {
            double moved = location[k] - network.output();
            shift += used[k] * moved;
            square += used[k] * moved * moved;
        }
        double between = Math.max(0, square - shift * shift);
        double earned = Math.max(0, 1 - 2 * (used[0] + used[1]));
        double epistemic = Math.max(network.known(), earned * (dot(used, spread) + between));
        double calibration = recent[7];
        return new double[] {
            network.output() + shift, calibration * epistemic, calibration * network.noise() * dot(used, noise)
        };
    }

    /** Regressors of a model: none, the small set, or all. */
    private int regressors(int k) {
        int first = binary ? 1 : 2;
        return k < first ? 0 : k < first + WALKS.length ? small : full;
    }

    private double walk(int k) {
        int first = binary ? 1 : 2;
        return k < first ? 0 : WALKS[(k - first) % WALKS.length];
    }

    private double[] next(int n) {
        double[] values = new double[n];
        models.get(values);
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
