package io.credence.stream.wire;

import io.credence.bayes.feature.Outcome;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The serde of one of our own generated classes, in the Confluent wire format; what others wrote with another version of
 * the schema is resolved to ours. One thread.
 *
 * @param <T> the generated class
 */
public final class CredenceSerde<T extends SpecificRecordBase> implements Serde<T> {
    private final @Nullable SchemaRegistry own;
    private final WireReader<T> reader;
    private final WireWriter<T> writer;

    private CredenceSerde(Class<T> type, SchemaRegistry registry, @Nullable SchemaRegistry own) {
        SpecificData data = SpecificData.getForClass(type);
        Schema ours = data.getSchema(type);
        this.own = own;
        this.reader = new WireReader<>(registry, theirs -> new SpecificDatumReader<>(theirs, ours, data));
        this.writer = new WireWriter<>(registry, data);
    }

    /**
     * A configured serde with a registry client of its own.
     *
     * @param settings the registry's settings as a Kafka user writes them
     * @throws org.apache.kafka.common.config.ConfigException if a setting is unusable
     */
    public static <T extends SpecificRecordBase> CredenceSerde<T> of(Class<T> type, Map<String, ?> settings) {
        SchemaRegistry own = SchemaRegistry.of(settings);
        return new CredenceSerde<>(type, own, own);
    }

    /** A serde that shares a registry client, which stays open when the serde is closed. */
    static <T extends SpecificRecordBase> CredenceSerde<T> of(Class<T> type, SchemaRegistry registry) {
        return new CredenceSerde<>(type, registry, null);
    }

    /**
     * Decodes bytes of unknown quality.
     *
     * @throws RegistryUnavailableException if the registry cannot be reached now
     * @throws org.apache.kafka.common.errors.ApiException if it refuses our credentials
     */
    public Outcome<T> decode(byte @Nullable [] value) {
        return reader.read(value);
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, record) -> record == null ? null : writer.write(topic, record);
    }

    @Override
    public Deserializer<T> deserializer() {
        return WireReader.deserializer(this::decode);
    }

    /** Closes the registry client if it is the serde's own. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
