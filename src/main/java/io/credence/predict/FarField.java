package io.credence.predict;

/**
 * The part of the function prior that no data inform: zero within the range of what was seen, growing beyond it.
 *
 * <p>A mean-field posterior that has learned a slope is sure of that slope at any distance. This term is not: it is one
 * more random function, f(x) + ξ·e(x) with ξ ~ N(0, 1), whose ridge e is zero within six standard deviations, so
 * that the predictive distribution widens where the network extrapolates (the aim of Liu et al. 2020, SNGP).
 */
public final class FarField {
    /*
     * e(x) = (max |xᵢ| − 6)₊²/2 on the standardiser's scale, logarithmic beyond 5: 0.2 at seven deviations, 3 at ten,
     * 18 at twenty. ξ takes fixed normal quantiles in antithetic pairs, one for each sample: the mean does not move.
     */
    private static final float RANGE = 6;
    private static final float CURVE = 0.5f;

    private final float[] xi;

    /** @param samples Monte-Carlo samples, S */
    public FarField(int samples) {
        this.xi = new float[samples];
        int pairs = samples / 2;
        for (int s = 0; s + 1 < samples; s += 2) {
            float quantile = (float) Quantiles.normal(0.5 + (s / 2 + 0.5) / (2.0 * pairs));
            xi[s] = quantile;
            xi[s + 1] = -quantile;
        }
    }

    /**
     * Adds the term to the samples' first output of one event.
     *
     * @param x standardised features from {@code xAt}, {@code width} of them
     * @param f outputs; those of sample s begin at {@code at + s·stride}
     */
    public void add(float[] x, int xAt, int width, float[] f, int at, int stride) {
        float largest = 0;
        for (int i = 0; i < width; i++) {
            largest = Math.max(largest, Math.abs(x[xAt + i]));
        }
        if (largest <= RANGE) {
            return;
        }
        float ridge = CURVE * (largest - RANGE) * (largest - RANGE);
        for (int s = 0; s < xi.length; s++) {
            f[at + s * stride] += ridge * xi[s];
        }
    }
}
