package io.credence.linalg;

/**
 * Elementary functions for hot loops: branch-free polynomials, the same bits on every machine.
 *
 * <p>Errors are relative to {@link StrictMath} over the whole float range of results: {@link #exp} below 2e-9,
 * {@link #softplus} below 2e-8.
 */
public final class FastMath {
    /*
     * exp: x = n·ln 2 + r with |r| ≤ ln 2 / 2, then a Taylor polynomial of degree 8 in r, scaled by 2ⁿ through the
     * exponent bits. log1p(e) for 0 ≤ e ≤ 1: 2·atanh(s) with s = e/(2 + e) ≤ 1/3, eight odd terms.
     */
    private static final double LOG2E = 1.4426950408889634;
    private static final double LN2 = 0.6931471805599453;
    private static final double LIMIT = 700;

    private FastMath() {}

    /** eˣ, with x held in ±700. */
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

    /** log(1 + eˣ). */
    public static double softplus(double x) {
        double e = exp(-Math.abs(x));
        double s = e / (2 + e);
        double s2 = s * s;
        double p = 1.0 / 15;
        p = p * s2 + 1.0 / 13;
        p = p * s2 + 1.0 / 11;
        p = p * s2 + 1.0 / 9;
        p = p * s2 + 1.0 / 7;
        p = p * s2 + 1.0 / 5;
        p = p * s2 + 1.0 / 3;
        p = p * s2 + 1;
        return Math.max(x, 0) + 2 * s * p;
    }

    /** The x with softplus(x) = y, for y &gt; 0; exact to double precision, not for hot loops. */
    public static double inverseSoftplus(double y) {
        return y > 30 ? y : Math.log(Math.expm1(y));
    }
}
