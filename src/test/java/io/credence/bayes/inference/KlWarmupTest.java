package io.credence.bayes.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlWarmupTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.5",
        "0, 1000, 0.5",
        "100, 0, 0",
        "100, 1, 0.005",
        "100, 50, 0.25",
        "100, 100, 0.5",
        "100, 900, 0.5"
    })
    void shouldRiseInProportionWhenEventsAreSeen(long warmup, long seen, double weight) {
        var elbo = new LearningSpec.Elbo(EstimatorKind.LOCAL, 1, NPolicy.SEEN, 1, 0.5, warmup, 0);
        assertEquals(weight, elbo.klWeight(seen), 1e-12);
    }
}
