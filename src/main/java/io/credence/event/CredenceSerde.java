package io.credence.event;

import io.credence.feature.Outcome;
import java.util.Map;
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
    /**
     * A configured serde.
     *
     * @param settings the registry's settings as a Kafka user writes them
     */
    public static <T extends SpecificRecordBase> CredenceSerde<T> of(Class<T> type, Map<String, ?> settings) {
        throw new IllegalStateException("not yet");
    }

    /**
     * Decodes bytes of unknown quality.
     *
     * @throws org.apache.kafka.common.errors.RetriableException if the registry cannot be reached now
     */
    public Outcome<T> decode(byte @Nullable [] value) {
        throw new IllegalStateException("not yet");
    }

    @Override
    public Serializer<T> serializer() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public Deserializer<T> deserializer() {
        throw new IllegalStateException("not yet");
    }
}
