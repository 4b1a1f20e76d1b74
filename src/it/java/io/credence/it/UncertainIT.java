package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.Points;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.EpisodeState;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What is far from everything seen is marked; what is not, is not. */
final class UncertainIT {
    private static final int WARM_UP = 2000;
    private static final int IN_RANGE = 1000;
    private static final int FAR = 60;

    /** A hundredth is aimed at; a model of 2,000 events knows its quantile from those alone. */
    private static final Map<String, Integer> MOST_IN_RANGE = Map.of("uncertain", 30, "outOfRange", 10);

    private final Random random = new Random(11);

    @Test
    void shouldFlagAllFarInputsAndHardlyAnyInRangeWhenWarm() throws Exception {
        try (Cluster cluster = new Cluster()) {
            cluster.create("points");
            CredenceConfig config = CredenceConfig.of(Map.of(
                    "application.id", "far",
                    "bootstrap.servers", cluster.bootstrap(),
                    "schema.registry.url", "mock://uncertain",
                    "credence.topic.labelled", "points",
                    "credence.topic.unlabelled", "points",
                    "credence.label", "y",
                    "credence.features", "a,b,c",
                    "credence.publish.interval.ms", "50"));
            var chunks = CredenceSerde.of(PosteriorChunk.class, config.serde()).deserializer();
            try (Points points = new Points(config.serde(), "a", "b", "c");
                    CredenceService service = new CredenceService(config)) {
                service.start();
                cluster.send(records(points, "w", WARM_UP, 1, true));
                cluster.readUntil(
                        "far-posteriors",
                        records -> !records.isEmpty()
                                && chunks.deserialize(
                                                        "far-posteriors",
                                                        records.get(records.size() - 1)
                                                                .value())
                                                .getEvents()
                                        == WARM_UP);
                cluster.send(records(points, "i", IN_RANGE, 1, false));
                cluster.read("far-scored", IN_RANGE);
                cluster.send(records(points, "f", FAR, 10, false));
                var scored = cluster.read("far-scored", IN_RANGE + FAR);

                assertEquals(IN_RANGE + FAR, scored.size());
                for (String flag : MOST_IN_RANGE.keySet()) {
                    assertEquals(FAR, flagged(points, scored, "f", flag), flag + ", ten standard deviations out");
                    long inRange = flagged(points, scored, "i", flag);
                    assertTrue(inRange <= MOST_IN_RANGE.get(flag), flag + ", in range: " + inRange);
                }
                try (var alerts = CredenceSerde.of(Alert.class, config.serde())) {
                    long episodes = cluster.readUntil("far-alerts", all -> !all.isEmpty()).stream()
                            .map(r -> alerts.deserializer().deserialize("far-alerts", r.value()))
                            .filter(alert -> alert.getState() == EpisodeState.FIRING)
                            .count();
                    assertTrue(episodes <= 3, "what is far is one episode, what is not hardly any: " + episodes);
                }
            }
        }
    }

    /** Points whose every coordinate is that many standard deviations out, or drawn from N(0, 1) for one. */
    private List<ProducerRecord<byte[], byte[]>> records(
            Points points, String prefix, int n, double deviations, boolean labelled) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        IntStream.range(0, n).forEach(i -> {
            double[] v = random.doubles(3).map(u -> coordinate(deviations)).toArray();
            Double y = labelled ? 3 * v[0] + Math.sin(2 * v[1]) + 0.3 * random.nextGaussian() : null;
            records.add(points.record("points", prefix + i, v[0], v[1], v[2], y));
        });
        return records;
    }

    private double coordinate(double deviations) {
        return deviations == 1 ? random.nextGaussian() : random.nextBoolean() ? deviations : -deviations;
    }

    private static long flagged(
            Points points, List<ConsumerRecord<byte[], byte[]>> scored, String prefix, String... flags) {
        return scored.stream()
                .filter(r -> new String(r.key(), StandardCharsets.UTF_8).startsWith(prefix))
                .map(r -> points.prediction(r.value()))
                .filter(prediction -> Stream.of(flags).anyMatch(flag -> (Boolean) prediction.get(flag)))
                .count();
    }
}
