package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.prediction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scoring with a model that was published long ago. */
class ModelAgeTest {
    private static final String[] FLAG = {"credence.max.model.age.ms", "5000", "credence.score.linger.ms", "0"};

    @Test
    void shouldFlagPredictionsWhenTheModelIsTooOld() {
        try (Bench bench = new Bench(FLAG)) {
            assertEquals(false, tooOld(bench), "the prior is of no age");
            bench.train(3);
            bench.pass(1_000);
            bench.pass(5_000);
            assertEquals(false, tooOld(bench), "5,000 ms are not more than 5,000 ms");
            bench.pass(1_000);
            assertEquals(true, tooOld(bench));
            bench.train(1);
            bench.pass(1_000);
            assertEquals(false, tooOld(bench), "published again");
        }
    }

    @Test
    void shouldRefuseToScoreWhenTheModelIsTooOldAndThePolicySaysSo() {
        try (Bench bench = new Bench(FLAG[0], FLAG[1], FLAG[2], FLAG[3], "credence.max.model.age.policy", "refuse")) {
            bench.train(3);
            bench.pass(1_000);
            bench.score("fresh", 1);
            bench.pass(6_000);
            bench.score("late", 1);
            assertEquals(List.of("fresh"), bench.scoredIds());
            var letters = bench.read(bench.topics.deadLetters());
            assertEquals(1, letters.size());
            assertEquals("MODEL_TOO_OLD", Bench.header(letters.get(0), DeadLetter.REASON));
            assertTrue(Bench.header(letters.get(0), DeadLetter.DETAIL).contains("more than 5000 ms ago"));
            bench.train(1);
            bench.pass(1_000);
            bench.score("again", 1);
            assertEquals(List.of("again"), bench.scoredIds());
        }
    }

    @Test
    void shouldNotCareForAgeWhenNoLimitIsSet() {
        try (Bench bench = new Bench(FLAG[2], FLAG[3])) {
            bench.train(3);
            bench.pass(1_000);
            bench.pass(1_000_000_000L);
            assertEquals(false, tooOld(bench));
        }
    }

    private static Object tooOld(Bench bench) {
        bench.score("e", 1);
        return prediction(bench.scored().get(0)).get("modelTooOld");
    }
}
