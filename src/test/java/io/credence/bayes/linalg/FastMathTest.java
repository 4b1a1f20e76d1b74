package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The stated error bounds, over the range in which ρ is held and beyond. */
class FastMathTest {
    private static final int N = 400_001;
    private static final float FROM = -20;
    private static final float STEP = 1e-4f;

    @Test
    void shouldKeepTheStatedErrorWhenTakingSoftplus() {
        float[] x = grid();
        float[] sigma = new float[N];
        FastMath.softplus(N, x, sigma, new float[N]);
        double worst = 0;
        double mean = 0;
        for (int i = 0; i < N; i++) {
            double exact = Math.max(x[i], 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x[i])));
            double error = (sigma[i] - exact) / exact;
            worst = Math.max(worst, Math.abs(error));
            mean += error / N;
        }
        assertTrue(worst < 1e-5, "relative error " + worst);
        assertTrue(worst > 1e-7, "the stated bound is far too wide: " + worst);
        assertEquals(0, mean, 1e-7, "bias");
    }

    @Test
    void shouldKeepTheStatedErrorWhenTakingTheSlope() {
        float[] x = grid();
        float[] slope = new float[N];
        FastMath.softplus(N, x, new float[N], slope);
        for (int i = 0; i < N; i++) {
            double exact = 1 / (1 + StrictMath.exp(-x[i]));
            assertEquals(exact, slope[i], 1e-5 * exact, "at " + x[i]);
        }
    }

    @Test
    void shouldGiveTheSameBitsWhenTakenOneByOne() {
        float[] x = grid();
        float[] sigma = new float[N];
        float[] slope = new float[N];
        FastMath.softplus(N, x, sigma, slope);
        for (int i = 0; i < N; i++) {
            assertEquals(sigma[i], FastMath.softplus(x[i]));
            assertEquals(slope[i], FastMath.sigmoid(x[i]));
        }
    }

    @Test
    void shouldKeepTheStatedErrorWhenTakingExponentials() {
        double worst = 0;
        for (double x = -103; x <= 103; x += 1.234e-4) {
            double exact = StrictMath.exp(x);
            worst = Math.max(worst, Math.abs(FastMath.exp(x) - exact) / exact);
        }
        assertTrue(worst < 2e-9, "relative error " + worst);
        assertTrue(worst > 1e-11, "the stated bound is far too wide: " + worst);
        assertTrue(FastMath.exp(-1e300) > 0 && Double.isFinite(FastMath.exp(1e300)));
        assertTrue(Double.isNaN(FastMath.exp(Double.NaN)));
    }

    @Test
    void shouldStayFiniteWhenArgumentsAreExtreme() {
        for (float x : new float[] {-1e30f, -41, 41, Float.NEGATIVE_INFINITY}) {
            assertTrue(Float.isFinite(FastMath.softplus(x)) && FastMath.softplus(x) > 0, "softplus " + x);
            assertTrue(FastMath.sigmoid(x) >= 0 && FastMath.sigmoid(x) <= 1, "sigmoid " + x);
        }
        assertEquals(1e30f, FastMath.softplus(1e30f));
        assertEquals(1, FastMath.sigmoid(Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(FastMath.softplus(Float.NaN)));
        assertTrue(Float.isNaN(FastMath.sigmoid(Float.NaN)));
    }

    @Test
    void shouldReturnWhenSoftplusIsInverted() {
        for (double y = 1e-8; y < 1e6; y *= 1.37) {
            assertEquals(y, FastMath.softplus((float) FastMath.inverseSoftplus(y)), 1.2e-5 * y);
        }
    }

    private static float[] grid() {
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = FROM + i * STEP;
        }
        return x;
    }
}
