package io.credence.bayes.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogGammaTest {
    @Test
    void shouldBeTheLogOfFactorialsWhenTheArgumentIsWhole() {
        double logFactorial = 0;
        for (int n = 1; n <= 1000; n++) {
            assertEquals(logFactorial, LogGamma.of(n), 1e-12 * (1 + logFactorial));
            logFactorial += Math.log(n);
        }
    }

    @Test
    void shouldGiveKnownValuesWhenTheArgumentIsHalf() {
        assertEquals(0.5 * Math.log(Math.PI), LogGamma.of(0.5), 1e-14);
        assertEquals(Math.log(0.75 * Math.sqrt(Math.PI)), LogGamma.of(2.5), 1e-14);
        /* Γ(0.1), OEIS A175380. */
        assertEquals(Math.log(9.513507698668731), LogGamma.of(0.1), 1e-13);
    }

    @Test
    void shouldObeyTheRecurrenceWhenTheArgumentIsAny() {
        for (double x = 1e-8; x < 1e6; x *= 1.7) {
            double large = Math.abs(LogGamma.of(x)) + 1;
            assertEquals(LogGamma.of(x) + Math.log(x), LogGamma.of(x + 1), 1e-13 * large, "at " + x);
        }
    }

    @Test
    void shouldFollowStirlingWhenTheArgumentIsHuge() {
        double x = 1e15;
        double stirling = (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);
        assertEquals(stirling, LogGamma.of(x), 1e-14 * stirling);
    }
}
