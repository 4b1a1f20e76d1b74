package io.credence.stream.state;

import java.util.Arrays;
import java.util.List;

/** What a member's posterior knows, read by the layout that the schema gives: a part of {@link ModelReader}. */
final class KnownReader {
    private static final int TAIL = 4;

    private final List<Integer> sizes;
    private final float[] mu;
    private final double[] sigma;
    private final float[] last;
    private final int size;

    /**
     * @param sizes inputs, units of each layer, and the output
     * @param mu means of the member's weights
     * @param sigma their deviations
     * @param last the member's part of {@code lastLayer}
     */
    KnownReader(List<Integer> sizes, float[] mu, double[] sigma, float[] last) {
        this.sizes = sizes;
        this.mu = mu;
        this.sigma = sigma;
        this.last = last;
        this.size = sizes.get(sizes.size() - 2) + 1;
    }

    /** The share of the noise that is noise. */
    double noise(double noise) {
        return Math.max(0.05, 1 - Math.max(0, last[last.length - 1]) / noise);
    }

    /** The variance of the mean of an event, to first order in the weights below the last layer. */
    double variance(float[] x) {
        int layers = sizes.size() - 1;
        double[][] a = new double[layers][];
        double[][] t = new double[layers][];
        int[] at = new int[layers + 1];
        a[0] = new double[x.length + 1];
        Arrays.setAll(a[0], i -> i < x.length ? x[i] : 1);
        for (int l = 0; l < layers; l++) {
            int outputs = sizes.get(l + 1);
            double[] z = new double[outputs + 1];
            t[l] = new double[outputs];
            for (int i = 0; i < a[l].length; i++) {
                for (int j = 0; j < outputs; j++) {
                    int w = at[l] + i * outputs + j;
                    z[j] += mu[w] * a[l][i];
                    t[l][j] += Math.pow(sigma[w] * a[l][i], 2);
                }
            }
            at[l + 1] = at[l] + a[l].length * outputs;
            if (l + 1 < layers) {
                a[l + 1] = z;
                Arrays.setAll(z, j -> j < outputs ? Math.max(0, z[j]) : 1);
            }
        }
        double variance = outputs(a[layers - 1]);
        double[] delta = {1};
        for (int l = layers - 2; l >= 0; l--) {
            double[] above = delta;
            delta = new double[sizes.get(l + 1)];
            for (int i = 0; i < delta.length; i++) {
                for (int j = 0; j < above.length && a[l + 1][i] > 0; j++) {
                    delta[i] += mu[at[l + 1] + i * above.length + j] * above[j];
                }
                variance += t[l][i] * delta[i] * delta[i];
            }
        }
        return variance;
    }

    /** φᵀ(Σ₀⁻¹ + N/s²·M)⁻¹φ = |L⁻¹φ|², with LLᵀ the precision. */
    private double outputs(double[] phi) {
        double[][] l = new double[size][size];
        double[] u = new double[size];
        double variance = 0;
        for (int i = 0, at = 0; i < size; i++) {
            double prior = i < size - 1 ? last[last.length - 2] : 1;
            u[i] = phi[i];
            for (int j = 0; j <= i; j++, at++) {
                l[i][j] = (double) last[last.length - TAIL] * last[at] * (i == j ? 1 + 1e-6 : 1) + (i == j ? prior : 0);
                for (int k = 0; k < j; k++) {
                    l[i][j] -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(Math.max(prior, l[i][j])) : l[i][j] / l[j][j];
                u[i] -= j < i ? l[i][j] * u[j] : 0;
            }
            u[i] /= l[i][i];
            variance += u[i] * u[i];
        }
        return variance;
    }
}
