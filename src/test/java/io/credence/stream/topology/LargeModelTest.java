package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.prediction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Two million weights through the whole graph: learned, checkpointed, published in parts, assembled, scored with. */
class LargeModelTest {
    @Test
    void shouldLearnPublishAndScoreWhenTheModelHasTwoMillionWeights() {
        int weights = 2 * 1415 + 1415 * 1415 + 1415 + 1415 + 1;
        assertTrue(weights > 2_000_000);
        try (Bench bench = new Bench(
                "credence.hidden", "1415,1415",
                "credence.samples", "2",
                "credence.score.linger.ms", "0",
                "credence.replay.events", "0",
                "credence.checkpoint.events", "65536")) {
            bench.train(2);
            bench.pass(1_000);
            int chunks = bench.read(bench.topics.posteriors()).size();
            assertTrue(chunks > 32L * weights / (512 * 1024), "chunks " + chunks);
            bench.score("a", 3);
            GenericRecord made = prediction(bench.scored().get(0));
            assertEquals(2L, made.get("eventsSeen"));
            assertTrue(Double.isFinite((double) made.get("mean")) && (double) made.get("variance") > 0, "" + made);
        }
    }
}
