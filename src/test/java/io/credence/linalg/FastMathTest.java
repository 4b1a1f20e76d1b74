package io.credence.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The stated error bounds, over the whole range of float results. */
class FastMathTest {
    private static final double FLOAT_RANGE = 103;

    @Test
    void shouldKeepTheStatedErrorWhenTakingExponentials() {
        double worst = 0;
        for (double x = -FLOAT_RANGE; x <= FLOAT_RANGE; x += 1.234e-4) {
            double exact = StrictMath.exp(x);
            worst = Math.max(worst, Math.abs(FastMath.exp(x) - exact) / exact);
        }
        assertTrue(worst < 2e-9, "relative error " + worst);
        assertTrue(worst > 1e-11, "the stated bound is far too wide: " + worst);
    }

    @Test
    void shouldKeepTheStatedErrorWhenTakingSoftplus() {
        double worst = 0;
        for (double x = -FLOAT_RANGE; x <= FLOAT_RANGE; x += 1.234e-4) {
            double exact = Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            worst = Math.max(worst, Math.abs(FastMath.softplus(x) - exact) / exact);
        }
        assertTrue(worst < 2e-8, "relative error " + worst);
        assertTrue(worst > 1e-11, "the stated bound is far too wide: " + worst);
    }

    @Test
    void shouldBeMonotoneWhenStepsAreSmall() {
        double lastExp = 0;
        double lastSoftplus = 0;
        for (double x = -40; x <= 40; x += 1e-3) {
            double e = FastMath.exp(x);
            double s = FastMath.softplus(x);
            assertTrue(e > lastExp && s > lastSoftplus, "at " + x);
            lastExp = e;
            lastSoftplus = s;
        }
    }

    @Test
    void shouldStayFiniteWhenArgumentsAreExtreme() {
        for (double x : new double[] {-1e300, -701, 701, 1e300, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            assertTrue(Double.isFinite(FastMath.exp(x)), "exp " + x);
            assertTrue(FastMath.exp(x) > 0);
        }
        assertEquals(1e300, FastMath.softplus(1e300));
        assertTrue(FastMath.softplus(-1e300) >= 0);
        assertTrue(Double.isNaN(FastMath.exp(Double.NaN)));
        assertTrue(Double.isNaN(FastMath.softplus(Double.NaN)));
    }

    @Test
    void shouldReturnWhenSoftplusIsInverted() {
        for (double y = 1e-30; y < 1e6; y *= 1.37) {
            assertEquals(y, FastMath.softplus(FastMath.inverseSoftplus(y)), 3e-8 * y);
        }
    }
}
