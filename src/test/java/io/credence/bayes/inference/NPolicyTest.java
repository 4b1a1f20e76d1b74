package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "SEEN, 0, 100, 1", "SEEN, 7, 100, 7", "SEEN, 5000, 100, 5000",
        "WINDOW, 0, 100, 1", "WINDOW, 7, 100, 7", "WINDOW, 5000, 100, 100",
        "DISCOUNTED, 0, 100, 1", "DISCOUNTED, 2, 100, 1.99", "DISCOUNTED, 1000000, 100, 100",
        "FIXED, 0, 100, 100", "FIXED, 7, 100, 100", "FIXED, 5000, 100, 100",
        "RECURSIVE, 0, 100, 1", "RECURSIVE, 5000, 100, 1"
    })
    void shouldStandForSoManyEventsWhenSoManyWereSeen(NPolicy policy, long seen, long value, double n) {
        assertEquals(n, policy.events(seen, value), 1e-9 * n);
    }
}
