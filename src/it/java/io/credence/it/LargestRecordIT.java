package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.fixture.Points;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Records as large as a producer may send by default: what we add to them must not make them a poison pill. */
final class LargestRecordIT {
    /** Of 1,048,576 bytes that a request may have by default; the rest is the record's own overhead. */
    private static final int PAD = 1_048_400;

    @Test
    void shouldScoreAndSetAsideRecordsWhenTheyAreAsLargeAsAProducerMaySend() throws Exception {
        try (Cluster cluster = new Cluster()) {
            cluster.create("events");
            CredenceConfig config = config(cluster);
            byte[] large;
            byte[] small;
            try (Points points = new Points(config.serde(), "a", "pad:text")) {
                large = points.bytes("events", 1.0, "x".repeat(PAD), null);
                small = points.bytes("events", 1.0, "x", null);
            }
            byte[] bad = large.clone();
            bad[0] = 9;
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                // Together, so that some of them wait in the store for their micro-batch.
                cluster.send(
                        List.of(record("s1", small), record("large", large), record("bad", bad), record("s2", small)));
                assertEquals(3, cluster.read("largest-scored", 3).size());
                assertArrayEquals(
                        bad, cluster.read("largest-dead-letters", 1).get(0).value());
                assertEquals(0, service.exitCode());
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>("events", key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static CredenceConfig config(Cluster cluster) {
        return CredenceConfig.of(Map.of(
                "application.id", "largest",
                "bootstrap.servers", cluster.bootstrap(),
                "schema.registry.url", "mock://largest",
                "credence.topic.unlabelled", "events",
                "credence.topic.labelled", "events",
                "credence.label", "y",
                "credence.features", "a",
                "credence.score.linger.ms", "50"));
    }
}
