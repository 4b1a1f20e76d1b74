package io.credence.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.fixture.PastRides;
import io.credence.fixture.Points;
import io.credence.stream.avro.Correction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.LateLabel;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** What events were told of rides of their length, computed again from the records of the series topic alone. */
final class LatePastCheck {
    /** Nothing unless {@code labels.past} is set. */
    static final Map<String, String> SETTINGS = Boolean.getBoolean("labels.past")
            ? Map.of(
                    "credence.features", PastRides.FEATURES,
                    "credence.series.key", "km",
                    "credence.label.delay.events", "1000")
            : Map.of();

    private LatePastCheck() {}

    /**
     * Examples and scored records hold what their series said when they arrived there, and each series has the labels that
     * count.
     *
     * @param expected the label of each event that has one
     */
    static void toldRight(CredenceConfig config, Properties client, Map<String, Double> expected) {
        if (SETTINGS.isEmpty()) {
            return;
        }
        PastRides hand = new PastRides(Long.MAX_VALUE, true);
        Map<String, Integer> labels = new HashMap<>();
        Set<String> came = new HashSet<>();
        try (Points points = new Points(config.serde(), "id:text", "km")) {
            for (var record : Committed.all(client, config.topics().series())) {
                if (record.headers().lastHeader("credence.label") != null) {
                    LateLabel label = LateLabel.decode(record.value());
                    hand.label(label.eventId(), label.time(), label.label());
                    labels.merge(label.eventId(), 1, Integer::sum);
                    continue;
                }
                RawRecord raw = RawRecordFormat.decode(record.value());
                GenericRecord ride = points.read(raw.record().value());
                String id = ride.get("id").toString();
                double km = (double) ride.get("km");
                hand.came(Double.toString(km), id, raw.record().timestamp(), km);
                came.add(id);
            }
        }
        int told = 0;
        int scored = 0;
        for (var record : Committed.all(client, config.topics().scored())) {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            double[] past = RecalledHeader.read(record.headers());
            assertArrayEquals(hand.told(id), past, 1e-9, () -> "what " + id + " was told");
            told += Double.isNaN(past[1]) ? 0 : 1;
            scored++;
        }
        assertEquals(came.size(), scored);
        int learned = learned(config, client, hand);
        expected.forEach((id, label) -> assertEquals(label, hand.label(id), () -> "the label of " + id));
        int second = labels.values().stream().mapToInt(n -> n - 1).sum();
        System.out.printf(
                "    told of the past: %d events, %d of them of labels; learned with the same: %d; labels in series: %d, %d"
                        + " replaced%n",
                scored, told, learned, labels.size(), second);
    }

    private static int learned(CredenceConfig config, Properties client, PastRides hand) {
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        int learned = 0;
        for (var record : Committed.all(client, config.topics().training())) {
            Object body = log.deserialize("training", record.value()).getBody();
            Example example = body instanceof Correction correction ? correction.getExample() : (Example) body;
            double[] columns = TrainingLog.observation(example).features().values();
            double[] told = hand.told(example.getEventId());
            for (int i = 0; i < told.length; i++) {
                assertEquals(told[i], columns[1 + 2 * i], 1e-9, () -> "learned of " + example.getEventId());
            }
            learned++;
        }
        return learned;
    }
}
