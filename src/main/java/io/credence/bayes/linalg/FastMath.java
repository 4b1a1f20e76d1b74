package io.credence.bayes.linalg;

/**
 * Elementary functions for hot loops: branch-free polynomials, the same bits on every machine.
 *
 * <p>Relative error of {@link #softplus} and {@link #sigmoid} below 1e-5 for x from −20, without bias.
 */
public final class FastMath {
    /*
     * e^−|x| = P(−|x|/64)^64, P the Taylor polynomial of degree 7: the exponent's bits cannot be set in a loop that the
     * JIT vectorises, six squarings can be in one. They multiply the rounding error of P by 64; the error of the mean
     * over many x is 2e-8. log1p(e) for 0 ≤ e ≤ 1: 2·atanh(s) with s = e/(2 + e) ≤ 1/3, six odd terms. Two short loops,
     * since a long body is not vectorised; about 0.8 ns an element on AVX2, forty times as quick as Math.
     */
    private static final float SQUARINGS = 1f / 64;
    private static final float FARTHEST = 40;
    private static final float STEEP = 1e30f;
    private static final double LOG2E = 1.4426950408889634;
    private static final double LN2 = 0.6931471805599453;
    private static final double LIMIT = 700;

    private FastMath() {}

    /**
     * σ = log(1 + e^ρ) and dσ/dρ = 1/(1 + e^−ρ) of {@code n} numbers.
     *
     * @param rho the numbers ρ
     * @param sigma receives σ
     * @param slope receives dσ/dρ
     */
    public static void softplus(int n, float[] rho, float[] sigma, float[] slope) {
        for (int i = 0; i < n; i++) {
            slope[i] = expOfMinus(Math.abs(rho[i]));
        }
        for (int i = 0; i < n; i++) {
            sigma[i] = softplus(rho[i], slope[i]);
        }
        for (int i = 0; i < n; i++) {
            slope[i] = sigmoid(rho[i], slope[i]);
        }
    }

    /** log(1 + eˣ), the same bits as in bulk. */
    public static float softplus(float x) {
        return softplus(x, expOfMinus(Math.abs(x)));
    }

    /** 1/(1 + e^−x), the same bits as in bulk. */
    public static float sigmoid(float x) {
        return sigmoid(x, expOfMinus(Math.abs(x)));
    }

    private static float expOfMinus(float size) {
        float r = Math.min(size, FARTHEST) * -SQUARINGS;
        float p = 1f / 5040;
        p = p * r + 1f / 720;
        p = p * r + 1f / 120;
        p = p * r + 1f / 24;
        p = p * r + 1f / 6;
        p = p * r + 0.5f;
        p = p * r + 1;
        p = p * r + 1;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        return p * p;
    }

    /** With e = e^−|x|. */
    private static float softplus(float x, float e) {
        float s = e / (2 + e);
        float s2 = s * s;
        float p = 1f / 11;
        p = p * s2 + 1f / 9;
        p = p * s2 + 1f / 7;
        p = p * s2 + 1f / 5;
        p = p * s2 + 1f / 3;
        p = p * s2 + 1;
        return Math.max(x, 0) + 2 * s * p;
    }

    /** With e = e^−|x|: the numerator is e, or 1 for x &gt; 0, without a branch. */
    private static float sigmoid(float x, float e) {
        return Math.max(e, Math.min(1, x * STEEP)) / (1 + e);
    }

    /**
     * eˣ in double precision, with x held in ±700; relative error below 2e-9.
     *
     * <p>For single numbers: it sets the exponent's bits, which no loop vectorises.
     */
    public static double exp(double x) {
        double held = Math.max(-LIMIT, Math.min(LIMIT, x));
        double n = Math.rint(held * LOG2E);
        double r = held - n * LN2;
        double p = 1.0 / 40320;
        p = p * r + 1.0 / 5040;
        p = p * r + 1.0 / 720;
        p = p * r + 1.0 / 120;
        p = p * r + 1.0 / 24;
        p = p * r + 1.0 / 6;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        return p * Double.longBitsToDouble(((long) n + 1023) << 52);
    }

    /** The x with softplus(x) = y, for y &gt; 0; exact to double precision, not for hot loops. */
    public static double inverseSoftplus(double y) {
        return y > 30 ? y : Math.log(Math.expm1(y));
    }
}
