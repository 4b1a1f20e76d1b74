package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.Points;
import io.credence.stream.avro.AlarmFeedback;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.EpisodeState;
import io.credence.stream.avro.FeedbackVerdict;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A burst on several partitions is one episode, whatever happens to the service meanwhile. */
final class EpisodesIT {
    private static final int PARTITIONS = 3;
    private static final int BURST = 500;
    private static final int KILLS = 5;
    private static final int WARM = 2000;
    private static final String NAME = "burst";
    private static final String EVENTS = NAME + "-unlabelled";
    private static final String FEEDBACK = NAME + "-feedback";

    private final Random random = new Random(3);
    private long time = 1_700_000_000_000L;

    @Test
    void shouldFireOnceAndBeOverOnceWhenTheServiceIsKilledFiveTimesInABurst() throws Exception {
        try (Cluster cluster = new Cluster()) {
            cluster.create(NAME + "-labelled");
            cluster.create(PARTITIONS, EVENTS);
            CredenceConfig config = CredenceConfig.of(cluster.settings(
                    NAME,
                    Map.of(
                            "credence.features",
                            "a,b",
                            "credence.publish.interval.ms",
                            "50",
                            "credence.topic.feedback",
                            FEEDBACK)));
            try (Points points = new Points(config.serde(), "a", "b")) {
                try (CredenceService service = new CredenceService(config)) {
                    service.start();
                    cluster.send(labelled(points));
                    cluster.read(NAME + "-training", WARM);
                    cluster.send(events(points, 100, 1));
                    cluster.read(NAME + "-scored", 100);
                }
                long began = time;
                for (int kill = 0; kill < KILLS; kill++) {
                    try (CredenceService service = new CredenceService(config)) {
                        service.start();
                        cluster.send(events(points, BURST / KILLS, 50));
                        // Not a wait for all of them: it is ended in the midst of its work, now and then between
                        // episodes' records.
                        cluster.read(NAME + "-scored", 100 + kill * (BURST / KILLS) + random.nextInt(BURST / KILLS));
                    }
                }
                try (CredenceService service = new CredenceService(config)) {
                    service.start();
                    cluster.send(events(points, 100, 1));
                    cluster.read(NAME + "-scored", 200 + BURST);
                    cluster.readUntil(NAME + "-alerts", records -> since(config, records, began).stream()
                            .anyMatch(alert -> alert.getState() == EpisodeState.RESOLVED));
                    List<Alert> alerts = since(config, cluster.readToEnd(NAME + "-alerts"), began);
                    assertEquals(
                            1,
                            alerts.stream().map(Alert::getEpisodeId).distinct().count(),
                            alerts::toString);
                    assertEquals(EpisodeState.FIRING, alerts.get(0).getState());
                    assertEquals(
                            1,
                            alerts.stream()
                                    .filter(a -> a.getState() == EpisodeState.FIRING)
                                    .count());
                    Alert last = alerts.get(alerts.size() - 1);
                    assertEquals(EpisodeState.RESOLVED, last.getState());
                    assertEquals(BURST, last.getEvents());
                    assertTrue(alerts.size() <= 11, "2 + log2(500) records at most: " + alerts.size());
                    callFalse(cluster, config, last);
                }
            }
        }
    }

    /** Somebody says twice that it was nothing. */
    private static void callFalse(Cluster cluster, CredenceConfig config, Alert last) throws Exception {
        AlarmFeedback said = AlarmFeedback.newBuilder()
                .setId(last.getEpisodeId())
                .setVerdict(FeedbackVerdict.FALSE_ALARM)
                .build();
        byte[] value;
        try (CredenceSerde<AlarmFeedback> serde = CredenceSerde.of(AlarmFeedback.class, config.serde())) {
            value = serde.serializer().serialize(FEEDBACK, said);
        }
        cluster.send(List.of(new ProducerRecord<>(FEEDBACK, value), new ProducerRecord<>(FEEDBACK, value)));
        ConsumerRecord<byte[], byte[]> heeded =
                cluster.read(NAME + "-training", WARM + 1).get(WARM);
        try (CredenceSerde<TrainingRecord> serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            Command command =
                    (Command) serde.decode(heeded.value()).orElseThrow().getBody();
            assertEquals(last.getEpisodeId(), command.getFeedback().getId());
            assertEquals(FEEDBACK + "-0-0", command.getCommandId());
        }
        ConsumerRecord<byte[], byte[]> again =
                cluster.read(NAME + "-dead-letters", 1).get(0);
        assertArrayEquals(value, again.value());
        assertEquals(WARM + 1, cluster.readToEnd(NAME + "-training").size());
    }

    /** What was told of the episodes that began later than that. */
    private static List<Alert> since(CredenceConfig config, List<ConsumerRecord<byte[], byte[]>> records, long began) {
        return decoded(config, records).stream()
                .filter(alert -> alert.getStarted().toEpochMilli() > began)
                .toList();
    }

    private static List<Alert> decoded(CredenceConfig config, List<ConsumerRecord<byte[], byte[]>> records) {
        try (CredenceSerde<Alert> serde = CredenceSerde.of(Alert.class, config.serde())) {
            return records.stream()
                    .map(record -> serde.deserializer().deserialize("alerts", record.value()))
                    .toList();
        }
    }

    private List<ProducerRecord<byte[], byte[]>> labelled(Points points) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double y = a - b + random.nextGaussian() / 2;
            records.add(points.at(time += 1000, NAME + "-labelled", "l" + i, a, b, y));
        }
        return records;
    }

    /** Events in turn on each partition, that many standard deviations out. */
    private List<ProducerRecord<byte[], byte[]>> events(Points points, int n, double deviations) {
        AtomicInteger turn = new AtomicInteger();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            time += 1000;
            byte[] value = points.bytes(EVENTS, deviations * (0.5 + random.nextDouble()), 0.1, null);
            int partition = turn.getAndIncrement() % PARTITIONS;
            records.add(new ProducerRecord<>(
                    EVENTS, partition, time, ("e" + time).getBytes(StandardCharsets.UTF_8), value));
        }
        return records;
    }
}
