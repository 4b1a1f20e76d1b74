package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.Models;
import io.credence.stream.operate.Published;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.tool.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, one service's configuration on it, and what an operator does from outside. */
final class ModelFixture implements AutoCloseable {
    static final String LABELLED = "labels";
    static final String UNLABELLED = "events";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Schema SCHEMA = SchemaBuilder.record("Point")
            .fields()
            .requiredDouble("x")
            .optionalDouble("y")
            .endRecord();

    final String application;
    final CredenceConfig config;
    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final ConfluentAvroSerde serde = new ConfluentAvroSerde();
    private final KafkaProducer<byte[], byte[]> producer;
    private final Path file;
    private final long start = System.currentTimeMillis();

    ModelFixture(Path directory, String application, String... pairs) throws IOException {
        this.application = application;
        Map<String, Object> settings = new java.util.TreeMap<>(Map.of(
                "application.id",
                application,
                "bootstrap.servers",
                broker.bootstrapServers(),
                "schema.registry.url",
                "mock://" + application,
                "credence.topic.labelled",
                LABELLED,
                "credence.topic.unlabelled",
                UNLABELLED,
                "credence.label",
                "y",
                "credence.features",
                "x",
                "credence.hidden",
                "6",
                "credence.publish.interval.ms",
                "50"));
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        this.config = CredenceConfig.of(settings);
        this.file = Files.writeString(
                directory.resolve("service.properties"),
                settings.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n")));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        serde.configure(config.serde(), false);
    }

    /** Creates the topics of the service beforehand, with settings of their own. */
    void create(Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            var topics = Stream.concat(config.topics().inputs(), config.topics().outputs())
                    .map(name -> new NewTopic(name, 1, (short) 1).configs(of(name, settings)))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    private Map<String, String> of(String topic, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        if (topic.equals(config.topics().posteriors())) {
            all.put("cleanup.policy", "compact");
        }
        return all;
    }

    /** Runs a command and gives what it printed. */
    String run(int code, String... args) {
        StringWriter text = new StringWriter();
        PrintWriter both = new PrintWriter(text, true);
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", file.toString()));
        int exit = Main.commandLine().setOut(both).setErr(both).execute(all.toArray(new String[0]));
        assertEquals(code, exit, text.toString());
        return text.toString();
    }

    void train(int from, int to) {
        for (int i = from; i < to; i++) {
            double x = (i * 7 % 13) / 3.0 - 2;
            send(LABELLED, start + i, "l" + i, x, 3 * x + 1 + 0.1 * (i % 3));
        }
        producer.flush();
    }

    /** Sends an event to score; all have the same event time, as predictions depend on it. */
    void score(String id, double x) {
        send(UNLABELLED, start + 1_000, id, x, null);
        producer.flush();
    }

    private void send(String topic, long time, String key, double x, Double y) {
        GenericRecord point = new GenericData.Record(SCHEMA);
        point.put("x", x);
        point.put("y", y);
        byte[] value = serde.serializer().serialize(topic, point);
        producer.send(new ProducerRecord<>(topic, null, time, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** The published model once it has learned so many events. */
    LearnerState published(long events) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Published found = new Models(config).list().get("");
            if (found != null && found.state().events() == events) {
                return found.state();
            }
            assertTrue(System.nanoTime() < deadline, events + " events are not published, but " + found);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** The scored record number n, from 0. */
    GenericRecord scored(int n) {
        return (GenericRecord) serde.deserializer()
                .deserialize(
                        config.topics().scored(),
                        read(config.topics().scored(), n + 1).get(n).value())
                .get("prediction");
    }

    /** The committed records of a topic from its beginning, once there are at least so many. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (records.size() < atLeast) {
                assertTrue(System.nanoTime() < deadline, topic + " has only " + records.size() + " records");
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
