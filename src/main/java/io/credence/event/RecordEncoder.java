package io.credence.event;

import io.credence.feature.Outcome;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;

/** Avro records to the bytes of an output topic, through the configured value serde. One thread. */
public final class RecordEncoder implements AutoCloseable {
    /**
     * An encoder of the configured value serde.
     *
     * @param settings {@code credence.value.serde} and, unprefixed, everything that serde understands
     * @throws org.apache.kafka.common.config.ConfigException if the serde or its settings are unusable
     */
    public static RecordEncoder of(Map<String, ?> settings) {
        throw new IllegalStateException("not yet");
    }

    /**
     * Encodes one record, registering its schema where that is allowed; a schema that the registry refuses or a value
     * that does not fit its schema is {@code NOT_ENCODABLE}.
     *
     * @throws org.apache.kafka.common.errors.RetriableException if the registry cannot be reached now
     * @throws org.apache.kafka.common.errors.ApiException if the registry refuses our credentials
     */
    public Outcome<byte[]> encode(String topic, Headers headers, GenericRecord record) {
        throw new IllegalStateException("not yet");
    }

    @Override
    public void close() {}
}
