package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A producer and a consumer that share no code with the product, a real broker, a real registry. */
final class ForeignProducerIT {
    private static final String TOPIC = "readings";
    private static final int LABELLED = 300;
    private static final int ASKED = 20;

    private static final Schema FIRST = SchemaBuilder.record("Reading")
            .namespace("com.example")
            .fields()
            .requiredString("sensor")
            .requiredDouble("x")
            .requiredDouble("y")
            .optionalDouble("z")
            .endRecord();
    private static final Schema SECOND = SchemaBuilder.record("Reading")
            .namespace("com.example")
            .fields()
            .requiredString("sensor")
            .requiredDouble("x")
            .requiredDouble("y")
            .optionalDouble("z")
            .optionalString("note")
            .endRecord();

    private static Cluster cluster;
    private static RegistryServer registry;
    private static ForeignRegistry foreign;

    private final Random random = new Random(7);
    private final Map<String, ProducerRecord<byte[], byte[]>> asked = new HashMap<>();
    private final Map<String, GenericRecord> originals = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        registry = RegistryServer.start();
        foreign = new ForeignRegistry(registry.url());
        cluster = new Cluster();
        cluster.create(TOPIC);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        registry.close();
    }

    @Test
    void shouldTrainScoreAndFollowTheSchemaWhenAForeignProducerEvolvesIt() throws Exception {
        CredenceConfig config = CredenceConfig.of(Map.of(
                "application.id",
                "foreign",
                "bootstrap.servers",
                cluster.bootstrap(),
                "schema.registry.url",
                registry.url(),
                "credence.topic.labelled",
                TOPIC,
                "credence.topic.unlabelled",
                TOPIC,
                "credence.label",
                "z",
                "credence.features",
                "x,y",
                "credence.publish.interval.ms",
                "50"));
        try (CredenceService service = new CredenceService(config)) {
            service.start();
            produce(foreign.register(TOPIC + "-value", FIRST), FIRST, 0);
            cluster.read("foreign-scored", ASKED);
            produce(foreign.register(TOPIC + "-value", SECOND), SECOND, 1);
            var scored = cluster.read("foreign-scored", 2 * ASKED);
            var metrics = cluster.readUntil(
                    "foreign-metrics",
                    records -> !records.isEmpty() && learned(records.get(records.size() - 1)) >= 2 * LABELLED);

            assertEquals(2 * LABELLED, learned(metrics.get(metrics.size() - 1)));
            assertEquals(2 * ASKED, scored.size());
            for (ConsumerRecord<byte[], byte[]> record : scored) {
                check(record);
            }
            assertEquals(2, foreign.versions("foreign-scored-value"), "the enriched schema follows the input schema");
            assertEquals(List.of(), cluster.readToEnd("foreign-dead-letters"));
            assertTrue(service.ready());
        }
    }

    private void produce(int id, Schema schema, int round) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < LABELLED; i++) {
            records.add(record("train-" + round + "-" + i, id, reading(schema, true)));
        }
        for (int i = 0; i < ASKED; i++) {
            String key = "ask-" + round + "-" + i;
            GenericRecord reading = reading(schema, false);
            ProducerRecord<byte[], byte[]> record = record(key, id, reading);
            originals.put(key, reading);
            asked.put(key, record);
            records.add(record);
        }
        cluster.send(records);
    }

    private GenericRecord reading(Schema schema, boolean labelled) {
        GenericRecord reading = new GenericData.Record(schema);
        double x = random.nextGaussian();
        double y = random.nextGaussian();
        reading.put("sensor", "s" + random.nextInt(3));
        reading.put("x", x);
        reading.put("y", y);
        reading.put("z", labelled ? 5 + 2 * x - y + 0.1 * random.nextGaussian() : null);
        if (schema == SECOND) {
            reading.put("note", "n" + random.nextInt(100));
        }
        return reading;
    }

    private ProducerRecord<byte[], byte[]> record(String key, int id, GenericRecord reading) {
        long timestamp = 1_600_000_000_000L + random.nextInt(1_000_000);
        return new ProducerRecord<>(
                TOPIC,
                0,
                timestamp,
                key.getBytes(StandardCharsets.UTF_8),
                Wire.encode(id, reading),
                List.of(new RecordHeader("trace", ("t-" + key).getBytes(StandardCharsets.UTF_8))));
    }

    private void check(ConsumerRecord<byte[], byte[]> record) throws Exception {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> sent = asked.get(key);
        assertNotNull(sent, key);
        assertEquals(sent.timestamp(), record.timestamp(), key);
        assertArrayEquals(
                sent.headers().lastHeader("trace").value(),
                record.headers().lastHeader("trace").value());

        GenericRecord value = Wire.decode(record.value(), foreign);
        GenericRecord original = originals.get(key);
        for (Schema.Field field : original.getSchema().getFields()) {
            assertEquals(
                    String.valueOf(original.get(field.name())),
                    String.valueOf(value.get(field.name())),
                    key + " " + field.name());
        }
        GenericRecord prediction = (GenericRecord) value.get("prediction");
        double mean = (Double) prediction.get("mean");
        double variance = (Double) prediction.get("variance");
        assertTrue(Double.isFinite(mean), key);
        assertTrue(variance > 0, key);
        assertEquals(
                variance,
                (Double) prediction.get("epistemicVariance") + (Double) prediction.get("aleatoricVariance"),
                1e-9 * variance);
        assertTrue((Double) prediction.get("lower") < mean && mean < (Double) prediction.get("upper"), key);
    }

    private static long learned(ConsumerRecord<byte[], byte[]> metrics) {
        try {
            return (Long) Wire.decode(metrics.value(), foreign).get("eventsSeen");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
