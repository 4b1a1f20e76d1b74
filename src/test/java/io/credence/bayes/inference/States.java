package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Comparison of learner states bit by bit. */
final class States {
    private States() {}

    static void assertSame(LearnerState a, LearnerState b, String what) {
        assertEquals(a.modelKey(), b.modelKey(), what);
        assertEquals(a.fingerprint(), b.fingerprint(), what);
        assertEquals(a.epoch(), b.epoch(), what);
        assertEquals(a.step(), b.step(), what + ": step");
        assertEquals(a.events(), b.events(), what + ": events");
        assertEquals(a.rejected(), b.rejected(), what + ": rejected");
        assertArrayEquals(a.mu(), b.mu(), what + ": μ");
        assertArrayEquals(a.rho(), b.rho(), what + ": ρ");
        assertArrayEquals(a.moments(), b.moments(), what + ": moments");
        assertArrayEquals(a.standardisation(), b.standardisation(), what + ": standardisation");
        assertArrayEquals(a.noise(), b.noise(), what + ": noise and drift");
        assertArrayEquals(a.prequential(), b.prequential(), what + ": prequential");
    }
}
