package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final Outcome<Integer> four = Outcome.of(4);
    private final Outcome<Integer> none = Outcome.reject(Rejection.Reason.MISSING_LABEL, "no y");

    @Test
    void shouldApplyTheNextStepWhenThereIsAValue() {
        assertEquals(Outcome.of("5"), four.map(i -> "" + (i + 1)));
        assertEquals(none, four.flatMap(i -> none));
        assertEquals(4, four.orElseThrow());
    }

    @Test
    void shouldKeepTheReasonWhenThereIsNone() {
        assertEquals(none, none.map(i -> i + 1));
        assertEquals(none, none.flatMap(i -> four));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, none::orElseThrow);
        assertEquals("MISSING_LABEL: no y", e.getMessage());
    }

    @Test
    void shouldHandOnWhicheverThereIsWhenTaken() {
        List<Object> taken = new ArrayList<>();
        four.take(taken::add, rejection -> taken.add(rejection.detail()));
        none.take(taken::add, rejection -> taken.add(rejection.detail()));
        assertEquals(List.of(4, "no y"), taken);
    }
}
