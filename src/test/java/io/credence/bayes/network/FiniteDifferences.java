package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.ToDoubleFunction;

/** Central differences of a function of float parameters, whose values carry float rounding. */
final class FiniteDifferences {
    /* Truncation grows as STEP², rounding as 1e-7/STEP: both stay below a thousandth of a gradient of size one. */
    private static final float STEP = 2e-3f;
    private static final double TOLERANCE = 4e-3;

    private FiniteDifferences() {}

    /** Asserts that {@code gradient} is that of {@code loss} at {@code at}, relative to the gradient's largest element. */
    static void assertGradient(String what, float[] gradient, float[] at, ToDoubleFunction<float[]> loss) {
        double largest = 1;
        for (float g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        for (int i = 0; i < at.length; i++) {
            float[] moved = at.clone();
            moved[i] = at[i] + STEP;
            double up = loss.applyAsDouble(moved);
            float upAt = moved[i];
            moved[i] = at[i] - STEP;
            double down = loss.applyAsDouble(moved);
            double slope = (up - down) / ((double) upAt - moved[i]);
            assertEquals(slope, gradient[i], TOLERANCE * largest, what + " " + i);
        }
    }
}
