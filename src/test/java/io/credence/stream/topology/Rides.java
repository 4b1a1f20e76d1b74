package io.credence.stream.topology;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.TaskSerdes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** The tests' own topic: rides with a nullable fare, in a mock registry of their own, and a small model of them. */
final class Rides {
    static final String LABELLED = "fares";
    static final String UNLABELLED = "rides";

    static final Schema SCHEMA = SchemaBuilder.record("Ride")
            .namespace("test")
            .fields()
            .requiredString("id")
            .name("city")
            .type()
            .nullable()
            .stringType()
            .noDefault()
            .requiredDouble("km")
            .optionalDouble("fare")
            .endRecord();

    private final Map<String, Object> settings = new LinkedHashMap<>();

    Rides(String... overrides) {
        settings.put("application.id", "test");
        settings.put("bootstrap.servers", "localhost:1");
        settings.put("schema.registry.url", "mock://" + UUID.randomUUID());
        settings.put("credence.topic.labelled", LABELLED);
        settings.put("credence.topic.unlabelled", UNLABELLED);
        settings.put("credence.label", "fare");
        settings.put("credence.features", "km");
        settings.put("credence.event.id", "id");
        settings.put("credence.hidden", "4");
        settings.put("credence.samples", "4");
        settings.put("credence.replay.events", "2");
        settings.put("credence.replay.capacity", "20");
        settings.put("credence.warmup.events", "5");
        // Most tests are about something else and ask before there is anything to learn.
        settings.put("credence.warmup.policy", "flag");
        for (int i = 0; i < overrides.length; i += 2) {
            settings.put(overrides[i], overrides[i + 1]);
        }
    }

    Rides without(String key) {
        settings.remove(key);
        return this;
    }

    Rides with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    CredenceConfig config() {
        return CredenceConfig.of(settings);
    }

    /** The same with another setting. */
    CredenceConfig config(String key, String value) {
        Map<String, Object> changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return CredenceConfig.of(changed);
    }

    /** The serdes of the tasks of a graph. */
    static SharedSerdes serdes(CredenceConfig config) {
        return new SharedSerdes(() -> TaskSerdes.of(config.serde()));
    }

    static GenericRecord ride(String id, @Nullable String city, double km, @Nullable Double fare) {
        return new GenericRecordBuilder(SCHEMA)
                .set("id", id)
                .set("city", city)
                .set("km", km)
                .set("fare", fare)
                .build();
    }

    /** Wire-format bytes of a record, as a foreign producer would write them. */
    byte[] bytes(String topic, GenericRecord record) {
        try (Serde<GenericRecord> serde = serde()) {
            return serde.serializer().serialize(topic, record);
        }
    }

    /** Wire-format bytes of a value whose schema is no record. */
    byte[] string(String text) {
        String scope = settings.get("schema.registry.url").toString().substring("mock://".length());
        try {
            int id = MockSchemaRegistry.getClientForScope(scope).register("strings", new AvroSchema("\"string\""));
            byte[] utf8 = Bench.utf8(text);
            return ByteBuffer.allocate(6 + utf8.length)
                    .put((byte) 0)
                    .putInt(id)
                    .put((byte) (2 * utf8.length))
                    .put(utf8)
                    .array();
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    GenericRecord read(byte[] bytes) {
        try (Serde<GenericRecord> serde = serde()) {
            return serde.deserializer().deserialize("any", bytes);
        }
    }

    private Serde<GenericRecord> serde() {
        ConfluentAvroSerde serde = new ConfluentAvroSerde();
        serde.configure(config().serde(), false);
        return serde;
    }
}
