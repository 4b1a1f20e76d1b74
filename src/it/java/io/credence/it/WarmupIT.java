package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.Points;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The natural first try: the data lies in Kafka, first what is known, then what is asked, and the service is started. */
final class WarmupIT {
    private static final int LABELS = 3_000;
    private static final int QUESTIONS = 1_000;

    private static Cluster cluster;
    private final Random random = new Random(29);

    @BeforeAll
    static void start() {
        cluster = new Cluster(Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "one-labelled, one-labelled, 1",
        "two-labelled, two-unlabelled, 1",
        "one-of-many-labelled, one-of-many-labelled, 3",
        "two-of-many-labelled, two-of-many-unlabelled, 3"
    })
    void shouldAnswerFromAllLabelsWhenTheyWereThereBefore(String labelled, String unlabelled, int partitions)
            throws Exception {
        String application = labelled.replace("-labelled", "");
        cluster.create(partitions, labelled);
        if (!unlabelled.equals(labelled)) {
            cluster.create(partitions, unlabelled);
        }
        CredenceConfig config = CredenceConfig.of(cluster.settings(
                application, Map.of("credence.features", "a,b", "credence.topic.unlabelled", unlabelled)));
        try (Points points = new Points(config.serde(), "a", "b")) {
            cluster.send(records(points, labelled, "label", LABELS, true));
            cluster.send(records(points, unlabelled, "question", QUESTIONS, false));
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                var scored = cluster.read(application + "-scored", QUESTIONS);
                if (partitions == 1) {
                    assertEquals(
                            IntStream.range(0, QUESTIONS)
                                    .mapToObj(i -> "question" + i)
                                    .toList(),
                            scored.stream()
                                    .map(r -> new String(r.key(), StandardCharsets.UTF_8))
                                    .toList());
                }
                for (var record : scored) {
                    GenericRecord prediction = points.prediction(record.value());
                    assertTrue((long) prediction.get("eventsSeen") >= LABELS, prediction::toString);
                    assertEquals(false, prediction.get("warmingUp"));
                    double mean = (double) prediction.get("mean");
                    assertTrue(mean > 0 && mean < 200, prediction::toString);
                }
                assertEquals(QUESTIONS, scored.size());
                assertEquals(List.of(), cluster.readToEnd(application + "-dead-letters"));
            }
        }
    }

    /** Points whose label lies around 100. */
    private List<ProducerRecord<byte[], byte[]>> records(
            Points points, String topic, String key, int n, boolean labelled) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            Double y = labelled ? 70 + 40 * a + 20 * b + random.nextGaussian() : null;
            records.add(points.record(topic, key + i, a, b, y));
        }
        return records;
    }
}
