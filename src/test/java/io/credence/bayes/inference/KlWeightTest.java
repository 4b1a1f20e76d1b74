package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlWeightTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.1",
        "0, 1000000, 0.1",
        "100, 0, 0.1",
        "100, 5, 0.1",
        "100, 50, 0.5",
        "100, 100, 1",
        "100, 900, 1"
    })
    void shouldBecomeThePlainBoundWhenMoreEventsAreBelieved(long full, double events, double weight) {
        var elbo = new LearningSpec.Elbo(EstimatorKind.LOCAL, 1, NPolicy.SEEN, 1, 0.1, full, 0);
        assertEquals(weight, elbo.klWeight(events), 1e-12);
    }
}
