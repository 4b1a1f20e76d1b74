package io.credence.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What every event was told of its past, computed again from the records of the series topic alone. */
final class SeriesCheck {
    static final String SERIES = "site";
    static final String FEATURES = "lag(label,1,arrived),mean(a,3),count(1s)";

    /** How many events of a series are remembered where a window is a time: the features page says so. */
    private static final int REMEMBERED = 1_024;

    private static final long SECOND = 1_000;

    private final CredenceConfig config;
    private final Properties client;

    private record Known(int number, long time, double a, double label) {}

    SeriesCheck(CredenceConfig config, Properties client) {
        this.config = config;
        this.client = client;
    }

    /** Examples and scored records hold what their series said when they arrived there. */
    void toldRight() {
        Map<String, double[]> told = learned();
        Committed.all(client, config.topics().scored())
                .forEach(r -> told.put(text(r.key()), RecalledHeader.read(r.headers())));
        Map<String, List<Known>> series = new HashMap<>();
        int checked = 0;
        try (ConfluentAvroSerde serde = new ConfluentAvroSerde()) {
            serde.configure(config.serde(), false);
            for (ConsumerRecord<byte[], byte[]> record :
                    Committed.all(client, config.topics().series())) {
                RawRecord raw = RawRecordFormat.decode(record.value());
                GenericRecord event =
                        serde.deserializer().deserialize("any", raw.record().value());
                List<Known> before = series.computeIfAbsent(event.get(SERIES).toString(), any -> new ArrayList<>());
                Object y = event.get("y");
                Known now = new Known(
                        before.size(),
                        raw.record().timestamp(),
                        (double) event.get("a"),
                        y == null ? Double.NaN : (double) y);
                String id = event.get("id").toString();
                assertArrayEquals(expected(before, now), told.get(id), 1e-9, "what " + id + " was told");
                checked++;
            }
        }
        assertEquals(told.size(), checked, "events that were told of their past");
        System.out.printf("    events told of their past: %d, each as its series was%n", checked);
    }

    private Map<String, double[]> learned() {
        List<String> columns = config.model().features().columns();
        int[] at = {columns.indexOf("lag(label,1,arrived)"), columns.indexOf("mean(a,3)"), columns.indexOf("count(1s)")
        };
        Map<String, double[]> told = new HashMap<>();
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        for (ConsumerRecord<byte[], byte[]> record :
                Committed.all(client, config.topics().training())) {
            if (log.deserialize(record.topic(), record.value()).getBody() instanceof Example example) {
                double[] x = TrainingLog.observation(example).features().values();
                told.put(example.getEventId(), new double[] {x[at[0]], x[at[1]], x[at[2]]});
            }
        }
        return told;
    }

    /** Puts an event in its place by time, behind those of the same time, and says what lies before it. */
    private static double[] expected(List<Known> series, Known now) {
        int place = series.size();
        while (place > 0 && series.get(place - 1).time() > now.time()) {
            place--;
        }
        double lag = Double.NaN;
        double sum = now.a();
        int summed = 1;
        int count = 1;
        for (int i = place - 1; i >= 0; i--) {
            Known event = series.get(i);
            if (event.number() <= now.number() - REMEMBERED) {
                continue;
            }
            lag = Double.isNaN(lag) ? event.label() : lag;
            if (summed < 3) {
                sum += event.a();
                summed++;
            }
            count += event.time() > now.time() - SECOND ? 1 : 0;
        }
        series.add(place, now);
        return new double[] {lag, sum / summed, count};
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
