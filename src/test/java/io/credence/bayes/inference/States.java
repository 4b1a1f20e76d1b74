package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** Comparison of learner states bit by bit. */
final class States {
    private States() {}

    static void assertSame(LearnerState a, LearnerState b, String what) {
        assertEquals(a.modelKey(), b.modelKey(), what);
        assertEquals(a.fingerprint(), b.fingerprint(), what);
        assertEquals(a.version(), b.version(), what + ": version");
        assertEquals(a.events(), b.events(), what + ": events");
        assertEquals(a.rejected(), b.rejected(), what + ": rejected");
        assertArrayEquals(a.weights().toArray(), b.weights().toArray(), what + ": weights");
        assertArrayEquals(a.statistics().toArray(), b.statistics().toArray(), what + ": statistics");
    }

    /** A state with another posterior. */
    static LearnerState with(LearnerState s, Posterior q, long events) {
        List<float[]> weights = List.of(
                s.iterateMu(),
                s.iterateRho(),
                q.mu(),
                q.rho(),
                s.optimiser(),
                s.anchorMu(),
                s.anchorRho(),
                s.pastMu(),
                s.lastLayer());
        return LearnerState.of(
                s.modelKey(), s.fingerprint(), s.version(), events, s.rejected(), weights, s.statistics());
    }
}
