package io.credence.event;

import io.credence.feature.Outcome;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Raw bytes of an input topic to Avro records: whatever is wrong with the bytes comes back as a rejection. One thread. */
public final class RecordDecoder implements AutoCloseable {
    /**
     * A decoder of the configured value serde.
     *
     * @param settings {@code credence.value.serde} and, unprefixed, everything that serde understands
     * @throws org.apache.kafka.common.config.ConfigException if the serde or its settings are unusable
     */
    public static RecordDecoder of(Map<String, ?> settings) {
        throw new IllegalStateException("not yet");
    }

    /**
     * Decodes one value.
     *
     * @throws org.apache.kafka.common.errors.RetriableException if the registry cannot be reached now
     * @throws org.apache.kafka.common.errors.ApiException if the registry refuses our credentials
     */
    public Outcome<GenericRecord> decode(String topic, Headers headers, byte @Nullable [] value) {
        throw new IllegalStateException("not yet");
    }

    @Override
    public void close() {}
}
