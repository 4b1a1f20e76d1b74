package io.credence.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.OnlineLearner;
import io.credence.fixture.LateCase;
import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import io.credence.it.RegistryServer;
import io.credence.stream.avro.Correction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.LogFold;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand events whose labels come late, early, twice, corrected or never, some events repeated, while the service is killed
 * five times: what is learned, counted by a plain map, and the model, by a fold of the log. Run it with {@code
 * -Dit.test=LabelsHarness}, with {@code -Dlabels.second=last} so that second labels correct what was learned, with {@code
 * -Dlabels.past=true} so that features tell of the past of rides of the same length.
 */
final class LabelsHarness {
    private static final int KILLS = 5;

    /** Of the last events only those settle whose partition has another label behind theirs. */
    private static final int ENDS = 3;

    private static final Schema FARE = SchemaBuilder.record("Fare")
            .fields()
            .requiredString("ride")
            .requiredDouble("paid")
            .endRecord();

    private final LateCase events = new LateCase(
            Integer.getInteger("labels.events", 10_000),
            7,
            Instant.parse("2024-05-01T00:00:00Z").toEpochMilli());
    private final String second = System.getProperty("labels.second", "first");
    private final Random random = new Random(13);
    private final Map<String, String> settings = new TreeMap<>();

    @Test
    void shouldLearnExactlyWhatAPlainMapSaysThroughFiveKills() throws Exception {
        Path directory = Files.createDirectories(CrashSettings.directory().resolve("labels-" + System.nanoTime()));
        try (RegistryServer registry = RegistryServer.start();
                Brokers brokers = Brokers.start(1, directory.resolve("brokers"))) {
            configure(brokers.bootstrap(), registry.url());
            CredenceConfig config = CredenceConfig.of(settings);
            create(brokers);
            Instance instance = new Instance(0, directory, write(directory), "512m");
            try {
                instance.start();
                feed(brokers, config, instance);
                send(brokers, config, events.end());
                await(brokers, config, events.learned.size() - ENDS);
                verify(brokers, config);
                instance.stop();
            } finally {
                instance.discard();
            }
        }
    }

    private void configure(String bootstrap, String registry) {
        settings.put("application.id", "late");
        settings.put("bootstrap.servers", bootstrap);
        settings.put("schema.registry.url", registry);
        settings.put("credence.topic.unlabelled", "rides");
        settings.put("credence.topic.labels", "fares");
        settings.put("credence.topics.partitions", "3");
        settings.put("credence.event.id", "id");
        settings.put("credence.labels.event.id", "ride");
        settings.put("credence.labels.label", "paid");
        settings.put("credence.features", "km");
        settings.put("credence.hidden", "8");
        settings.put("credence.samples", "8");
        settings.put("credence.publish.interval.ms", "200");
        settings.put("credence.labels.second", second);
        settings.put("credence.label.settle.ms", Long.toString(LateCase.SETTLE));
        // The labels may be read days before their events: all of them are there from the beginning.
        settings.put("credence.labels.wait.ms", Long.toString(1_000 * LateCase.SETTLE));
        settings.put("credence.deduplicate.ms", Long.toString(LateCase.SETTLE));
        settings.putAll(LatePastCheck.SETTINGS);
        settings.put("producer.transaction.timeout.ms", "" + CrashSettings.TRANSACTION_MS);
        settings.put("consumer.session.timeout.ms", "" + CrashSettings.SESSION_MS);
        settings.put("consumer.heartbeat.interval.ms", "1000");
    }

    private Path write(Path directory) throws Exception {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = directory.resolve("service.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static void create(Brokers brokers) throws Exception {
        Map<String, String> kept = Map.of("retention.ms", "-1");
        try (Admin admin = Admin.create(brokers.clientSettings())) {
            List<NewTopic> topics = new ArrayList<>(List.of(new NewTopic("rides", 2, (short) 1).configs(kept)));
            for (String topic : List.of("fares", "late-training", "late-scored", "late-metrics", "late-dead-letters")) {
                topics.add(new NewTopic(topic, topic.endsWith("scored") ? 3 : 1, (short) 1).configs(kept));
            }
            admin.createTopics(topics).all().get();
        }
    }

    /** Sends all but the end in parts, and kills the service while it works on each but the last. */
    private void feed(Brokers brokers, CredenceConfig config, Instance instance) throws Exception {
        int parts = KILLS + 1;
        for (int part = 0; part < parts; part++) {
            int from = events.sent.size() * part / parts;
            int to = events.sent.size() * (part + 1) / parts;
            send(brokers, config, events.sent.subList(from, to));
            if (part < KILLS) {
                int before = settled(from);
                await(brokers, config, before + random.nextInt(Math.max(1, (settled(to) - before) / 2)));
                instance.kill();
                System.out.printf(
                        "    killed after %d examples%n",
                        learned(brokers, config).size());
                instance.start();
            }
        }
        // Those that have not settled yet follow when the end is sent.
        await(brokers, config, settled(events.sent.size()));
        Wait.until(
                "events scored",
                () -> scored(brokers, config).size(),
                () -> scored(brokers, config).size() >= events.learned.size() - ENDS + events.never.size());
    }

    /** The events that are sure to be learned when so many records are sent. */
    private int settled(int sent) {
        if (sent == 0) {
            return 0;
        }
        long until = events.sent.get(sent - 1).time() - 12 * LateCase.SETTLE;
        return (int) events.sent.subList(0, sent).stream()
                .filter(s -> s.label() != null && s.time() < until)
                .map(LateCase.Sent::id)
                .distinct()
                .count();
    }

    private static void send(Brokers brokers, CredenceConfig config, List<LateCase.Sent> all) {
        try (var serde = new ConfluentAvroSerde();
                Points points = new Points(config.serde(), "id:text", "km");
                var producer = new KafkaProducer<>(
                        brokers.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            serde.configure(config.serde(), false);
            for (LateCase.Sent sent : all) {
                producer.send(
                        sent.label() == null
                                ? points.at(sent.time(), "rides", sent.id(), sent.id(), sent.km(), null)
                                : new ProducerRecord<>(
                                        "fares",
                                        0,
                                        sent.time(),
                                        null,
                                        serde.serializer().serialize("fares", fare(sent))));
            }
            producer.flush();
        }
    }

    private static GenericRecord fare(LateCase.Sent sent) {
        return new GenericRecordBuilder(FARE)
                .set("ride", sent.id())
                .set("paid", sent.label())
                .build();
    }

    private static void await(Brokers brokers, CredenceConfig config, int examples) {
        Wait.until(
                examples + " examples",
                () -> learned(brokers, config).size(),
                () -> learned(brokers, config).size() >= examples);
    }

    private static List<Example> learned(Brokers brokers, CredenceConfig config) {
        return logged(brokers, config, Example.class);
    }

    private static <T> List<T> logged(Brokers brokers, CredenceConfig config, Class<T> kind) {
        var log = CredenceSerde.of(TrainingRecord.class, config.serde()).deserializer();
        return Committed.all(brokers.clientSettings(), config.topics().training()).stream()
                .map(r -> log.deserialize("training", r.value()).getBody())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static Map<String, GenericRecord> scored(Brokers brokers, CredenceConfig config) {
        Map<String, GenericRecord> said = new HashMap<>();
        try (Points points = new Points(config.serde(), "id:text", "km")) {
            for (var record :
                    Committed.all(brokers.clientSettings(), config.topics().scored())) {
                String id = new String(record.key(), StandardCharsets.UTF_8);
                GenericRecord before = said.put(id, points.prediction(record.value()));
                assertTrue(before == null, () -> "event " + id + " was scored twice");
            }
        }
        return said;
    }

    private void verify(Brokers brokers, CredenceConfig config) {
        List<Example> learned = learned(brokers, config);
        Map<String, Double> labels = new HashMap<>();
        learned.forEach(example -> labels.put(example.getEventId(), example.getLabel()));
        assertEquals(learned.size(), labels.size(), "each once");
        List<Correction> corrections = logged(brokers, config, Correction.class);
        for (Correction correction : corrections) {
            Double before = labels.put(
                    correction.getExample().getEventId(),
                    correction.getExample().getLabel());
            assertEquals(correction.getReplaced(), before);
        }
        labels.keySet().removeIf(id -> id.startsWith("end"));
        Map<String, Double> expected = second.equals("last") ? events.last() : events.learned;
        expected.keySet().removeIf(id -> id.startsWith("end"));
        assertEquals(expected.size(), labels.size());
        assertTrue(expected.equals(labels), "each with its label");
        System.out.printf(
                "    examples: %d, each exactly once and with its label, %d corrected%n",
                learned.size(), corrections.size());

        Map<String, GenericRecord> said = scored(brokers, config);
        int asked = 0;
        for (Example example : learned) {
            GenericRecord then = said.get(example.getEventId());
            if (example.getPrior() != null) {
                asked++;
                assertEquals(then.get("mean"), example.getPrior().getMean());
                assertEquals(then.get("lower"), example.getPrior().getLower().get(0));
            } else {
                assertEquals(0L, then.get("eventsSeen"));
            }
        }
        System.out.printf("    predictions: %d, as they were on the scored topic%n", asked);

        Checks checks = new Checks(config, brokers.clientSettings(), new Ledger());
        TreeMap<String, OnlineLearner> offline = new TreeMap<>();
        try (LogFold fold = new LogFold(config)) {
            for (var record :
                    Committed.all(brokers.clientSettings(), config.topics().training())) {
                fold.fold(
                        new Record<>(record.key(), record.value(), record.timestamp(), record.headers()),
                        new Origin(record.topic(), record.partition(), record.offset()));
            }
            offline.putAll(fold.models());
        }
        Wait.until("the last model", () -> "published", () -> checks.published(offline));
        checks.sameBytes(offline);
        checks.setAsideOnce();
        LatePastCheck.toldRight(config, brokers.clientSettings(), expected);
        metrics(brokers, config, offline.get(""));
    }

    private static void metrics(Brokers brokers, CredenceConfig config, OnlineLearner offline) {
        var codec = CredenceSerde.of(TrainingMetrics.class, config.serde()).deserializer();
        var records = Committed.all(brokers.clientSettings(), config.topics().metrics());
        TrainingMetrics last =
                codec.deserialize("metrics", records.get(records.size() - 1).value());
        assertEquals(offline.prequential().n(), last.getN());
        assertEquals(offline.prequential().squaredError(), last.getSumSquaredError());
        assertEquals(offline.prequential().covered(), last.getCovered());
        System.out.printf("    metrics: %d events, rmse %.3f, as folded%n", last.getN(), last.getRmse());
    }
}
