package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.credence.bayes.predict.ModelVersion;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LearnerStateTest {
    @Test
    void shouldGiveBackThePartsThatItIsMadeOf() {
        LearnerState state = of(LearnerState.WEIGHT_PARTS, LearnerState.STATISTIC_PARTS);

        assertEquals(LearnerState.WEIGHT_PARTS, state.weights().size());
        assertEquals(LearnerState.STATISTIC_PARTS, state.statistics().size());
    }

    @ParameterizedTest
    @CsvSource({"8,9", "10,9", "9,8", "9,10", "0,0"})
    void shouldSayHowManyPartsAreExpectedWhenThereAreOthers(int weights, int statistics) {
        assertEquals(
                "a state has 9 parts of weights and 9 of statistics, not " + weights + " and " + statistics,
                assertThrows(IllegalArgumentException.class, () -> of(weights, statistics))
                        .getMessage());
    }

    private static LearnerState of(int weights, int statistics) {
        return LearnerState.of(
                "m",
                1,
                new ModelVersion(0, 0),
                0,
                0,
                Collections.nCopies(weights, new float[0]),
                Collections.nCopies(statistics, new double[0]));
    }
}
