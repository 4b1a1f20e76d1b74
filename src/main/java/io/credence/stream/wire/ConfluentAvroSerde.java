package io.credence.stream.wire;

import io.credence.bayes.feature.Outcome;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records of any schema in the Confluent wire format: a zero byte, the schema's id, and Avro binary. One thread.
 *
 * <p>Understands {@code schema.registry.url}, {@code auto.register.schemas} (default true), {@code use.latest.version},
 * {@code normalize.schemas}, {@code value.subject.name.strategy}, and every setting of the registry client. Records are
 * read in the schema that they were written in.
 */
public final class ConfluentAvroSerde implements Serde<GenericRecord> {
    private @Nullable SchemaRegistry own;
    private @Nullable WireReader<GenericRecord> reader;
    private @Nullable WireWriter<GenericRecord> writer;

    /** {@inheritDoc} Keys are always ours, so {@code isKey} must be false. */
    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        if (isKey) {
            throw new ConfigException("ConfluentAvroSerde reads and writes values only");
        }
        SchemaRegistry client = SchemaRegistry.of(settings);
        own = client;
        use(client);
    }

    /** Uses a registry client made elsewhere, which stays open when the serde is closed. */
    void use(SchemaRegistry client) {
        reader = new WireReader<>(client, schema -> new GenericDatumReader<>(schema, schema, new GenericData()));
        writer = new WireWriter<>(client, new GenericData());
    }

    /** Decodes bytes of unknown quality, with the precise reason where they are not a record. */
    Outcome<GenericRecord> decode(byte @Nullable [] value) {
        return configured(reader).read(value);
    }

    @Override
    public Serializer<GenericRecord> serializer() {
        return (topic, record) -> record == null ? null : configured(writer).write(topic, record);
    }

    @Override
    public Deserializer<GenericRecord> deserializer() {
        return WireReader.deserializer(this::decode);
    }

    /** Closes the registry client that {@link #configure} made. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }

    private static <V> V configured(@Nullable V part) {
        if (part == null) {
            throw new IllegalStateException("configure() has not been called");
        }
        return part;
    }
}
