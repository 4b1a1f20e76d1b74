package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.fixture.Points;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.state.RawRecord;
import io.credence.stream.state.RawRecordFormat;
import io.credence.stream.state.SnapshotCodec;
import io.credence.stream.wire.CredenceSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Features of the past over a broker: what each event was told is what its series said when it arrived. */
final class SeriesIT {
    private static final String NAME = "past";
    private static final int EVENTS = 20_000;
    private static final int PARTS = 4;
    private static final int SERIES = 20;
    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Random random = new Random(7);
    private final List<Asked> waiting = new ArrayList<>();
    private int events;
    private int questions;

    private record Asked(String id, String site, long time, double a) {}

    /** An event of a series as it arrived there. */
    private static final class Arrived {
        long time;
        double a;
        double label = Double.NaN;
        double[] told = {};
    }

    @Test
    void shouldTellEveryEventOfItsPastWhenEventsComeLateAndTheServiceStops() throws Exception {
        try (Cluster cluster = new Cluster();
                Points points = new Points(config(cluster).serde(), "id:text", "site:text", "a")) {
            cluster.create(3, NAME + "-labelled", NAME + "-unlabelled");
            CredenceConfig config = config(cluster);
            for (int part = 1; part <= PARTS; part++) {
                try (CredenceService service = new CredenceService(config)) {
                    service.start();
                    cluster.send(records(points, EVENTS * part / PARTS));
                    // Not a wait for all of them: the stop falls where it falls, with work in hand.
                    cluster.read(NAME + "-scored", (questions - 500) / 2);
                }
            }
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                cluster.read(NAME + "-scored", questions);
                verifyModel(cluster, config);
                verifyPast(cluster, points, config);
            }
        }
    }

    private static CredenceConfig config(Cluster cluster) {
        return CredenceConfig.of(cluster.settings(
                NAME,
                Map.of(
                        "credence.features",
                        "a,lag(label,1),mean(a,2h),mean(label,5),count(1h)",
                        "credence.series.key",
                        "site",
                        "credence.event.id",
                        "id",
                        "credence.topics.partitions",
                        "3",
                        "credence.warmup.policy",
                        "flag",
                        "credence.hidden",
                        "4",
                        "credence.samples",
                        "4",
                        "credence.batch.size",
                        "1",
                        "credence.replay.events",
                        "4",
                        "credence.publish.interval.ms",
                        "50")));
    }

    /** Questions, every fifth late, and their labels one to forty events later, some never. */
    private List<ProducerRecord<byte[], byte[]>> records(Points points, int until) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (events < until) {
            int n = events++;
            boolean answer = !waiting.isEmpty() && random.nextInt(41) < waiting.size();
            if (answer) {
                Asked asked = waiting.remove(random.nextInt(waiting.size()));
                double y = 2 * asked.a() + random.nextGaussian();
                records.add(points.at(
                        asked.time(), NAME + "-labelled", asked.id(), asked.id(), asked.site(), asked.a(), y));
                continue;
            }
            long late = random.nextInt(5) == 0 ? random.nextInt(90) * MINUTE : 0;
            Asked asked =
                    new Asked("e" + n, "s" + random.nextInt(SERIES), START + n * MINUTE - late, random.nextGaussian());
            questions++;
            records.add(points.at(
                    asked.time(), NAME + "-unlabelled", asked.id(), asked.id(), asked.site(), asked.a(), null));
            if (random.nextInt(30) != 0) {
                waiting.add(asked);
            }
        }
        return records;
    }

    private void verifyModel(Cluster cluster, CredenceConfig config) {
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        int labels = EVENTS - questions;
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        for (ConsumerRecord<byte[], byte[]> record : cluster.read(NAME + "-training", labels)) {
            learner.fold(TrainingLog.observation(
                    (Example) log.deserialize(record.topic(), record.value()).getBody()));
        }
        var chunks = CredenceSerde.of(PosteriorChunk.class, config.serde()).deserializer();
        var published = cluster.readUntil(
                NAME + "-posteriors",
                records -> !records.isEmpty()
                        && chunks.deserialize(
                                                "any",
                                                records.get(records.size() - 1).value())
                                        .getEvents()
                                == labels);
        PosteriorChunk newest =
                chunks.deserialize("any", published.get(published.size() - 1).value());
        LearnerState live = PosteriorChunks.assemble(i -> i == 0 ? newest : null);
        assertNotNull(live);
        assertArrayEquals(SnapshotCodec.encode(learner.state()), SnapshotCodec.encode(live));
    }

    /** Goes through the series topic in its order, and computes what each event was told from all events before. */
    private void verifyPast(Cluster cluster, Points points, CredenceConfig config) {
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        Map<String, double[]> learned = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : cluster.readToEnd(NAME + "-training")) {
            Example example =
                    (Example) log.deserialize(record.topic(), record.value()).getBody();
            double[] x = TrainingLog.observation(example).features().values();
            learned.put(example.getEventId(), new double[] {x[1], x[3], x[5], x[7]});
        }
        Map<String, double[]> scored = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : cluster.readToEnd(NAME + "-scored")) {
            scored.put(new String(record.key(), StandardCharsets.UTF_8), RecalledHeader.read(record.headers()));
        }
        assertEquals(questions, scored.size());
        assertEquals(EVENTS - questions, learned.size());
        Map<String, List<Arrived>> series = new HashMap<>();
        Map<String, Arrived> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : cluster.readToEnd(NAME + "-series")) {
            RawRecord raw = RawRecordFormat.decode(record.value());
            GenericRecord point = points.read(raw.record().value());
            String id = point.get("id").toString();
            Arrived event = byId.computeIfAbsent(
                    id,
                    any -> arrived(
                            series.computeIfAbsent(point.get("site").toString(), s -> new ArrayList<>()), raw, point));
            Object y = point.get("y");
            if (y == null) {
                assertArrayEquals(event.told, scored.get(id), 1e-9, "question " + id);
            } else {
                event.label = (Double) y;
                assertArrayEquals(event.told, learned.get(id), 1e-9, "label " + id);
            }
        }
    }

    private static Arrived arrived(List<Arrived> series, RawRecord raw, GenericRecord point) {
        Arrived now = new Arrived();
        now.time = raw.record().timestamp();
        now.a = (Double) point.get("a");
        List<Arrived> before = new ArrayList<>(
                series.stream().filter(event -> event.time <= now.time).toList());
        // Sorting is stable: those of the same time stay in the order of their arrival.
        before.sort(Comparator.comparingLong(event -> event.time));
        double lag = before.isEmpty() ? Double.NaN : before.get(before.size() - 1).label;
        double sum = now.a;
        int inside = 1;
        int hour = 1;
        double labels = 0;
        int known = 0;
        for (int i = before.size() - 1; i >= 0; i--) {
            Arrived event = before.get(i);
            if (event.time > now.time - 2 * HOUR) {
                sum += event.a;
                inside++;
            }
            hour += event.time > now.time - HOUR ? 1 : 0;
            if (!Double.isNaN(event.label) && known < 5) {
                labels += event.label;
                known++;
            }
        }
        now.told = new double[] {lag, sum / inside, known == 0 ? Double.NaN : labels / known, hour};
        series.add(now);
        return now;
    }
}
