package io.credence.bayes.inference;

import io.credence.bayes.drift.Outliers;
import io.credence.bayes.network.CountLikelihood;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.predict.Moments;

/**
 * How counts vary around their rate m: their variance is φm + αm², both learned from test-then-train errors.
 *
 * <p>Stored as six numbers: φ, α, the three of the precision of their logarithms (φφ, φα, αα), and the share of errors that were
 * outliers.
 */
final class Dispersion implements Noise {
    /*
     * Fisher scoring for N(0, total) with total = φm + αm² + epistemic: with s = (φm, αm²)/total and z² = error²/total,
     *   P ← (1 − w)·P + w·(½·s·sᵀ + PRIOR·I),   (log φ, log α) ← itself + w·P⁻¹·½(z² − 1)·s
     * w as in ObservationNoise: fast first, then a window of H events. Neither part falls below SHARE of the other at the mean
     * of the labels, so that it can return. Outliers as in ObservationNoise.
     */
    static final int LENGTH = 6;

    private static final double K = 5;
    private static final double H = 1000;
    private static final double PRIOR = 0.002;
    private static final double SHARE = 0.01;
    private static final double LOWEST_PHI = 0.05;
    private static final double LARGEST = 1e12;
    private static final double LONGEST_STEP = 0.5;
    private static final int SETTLED = 20;

    private double phi;
    private double alpha;
    private double pp;
    private double pa;
    private double aa;
    private Outliers outliers;

    Dispersion() {
        this(new double[] {1, 1, PRIOR, 0, PRIOR, 0});
    }

    /** From the stored form. */
    Dispersion(double[] stored) {
        phi = stored[0];
        alpha = stored[1];
        pp = stored[2];
        pa = stored[3];
        aa = stored[4];
        outliers = new Outliers(stored[5]);
    }

    @Override
    public double[] toArray() {
        return new double[] {phi, alpha, pp, pa, aa, outliers.share()};
    }

    @Override
    public Dispersion copy() {
        return new Dispersion(toArray());
    }

    @Override
    public Likelihood likelihood(Shape shape, Standardisation units) {
        return new CountLikelihood(units.targetMean(), units.targetScale(), phi, alpha, units.highestLog());
    }

    double phi() {
        return phi;
    }

    double alpha() {
        return alpha;
    }

    @Override
    public void learn(Moments said, double y, long t, Standardisation units) {
        double m = said.mean();
        double phiPart = phi * m;
        double alphaPart = alpha * m * m;
        double total = phiPart + alphaPart + said.epistemic();
        double z2 = (y - m) * (y - m) / total;
        boolean outlier = t >= SETTLED && z2 > Outliers.SQUARE;
        outliers = outliers.next(outlier);
        if (outlier && outliers.rare() || !(total > 0)) {
            return;
        }
        step(phiPart / total, alphaPart / total, Math.min(z2, Outliers.SQUARE), Math.max(K / (t + K), 1 / H));
        double mean = Math.exp(units.targetMean());
        phi = Math.max(LOWEST_PHI, Math.min(LARGEST, phi));
        alpha = Math.min(LARGEST, Math.max(alpha, SHARE * phi / mean));
        phi = Math.max(phi, SHARE * alpha * mean);
    }

    private void step(double p, double a, double z2, double w) {
        pp += w * (0.5 * p * p + PRIOR - pp);
        pa += w * (0.5 * p * a - pa);
        aa += w * (0.5 * a * a + PRIOR - aa);
        double score = 0.5 * w * (z2 - 1);
        double determinant = pp * aa - pa * pa;
        phi *= Math.exp(held(score * (aa * p - pa * a) / determinant));
        alpha *= Math.exp(held(score * (pp * a - pa * p) / determinant));
    }

    private static double held(double step) {
        return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
    }

    /** Follows a change of the labels' unit: counts are multiplied by {@code factor}. */
    void multiplied(double factor) {
        phi *= factor;
    }
}
