package io.credence.stream.wire;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Avro records to the bytes of an output topic, through the configured value serde. One thread. */
public final class RecordEncoder {
    private final Serializer<GenericRecord> serializer;

    /** @param serde configured already, and closed by its owner */
    @SuppressWarnings(
            "unchecked") // The serde is configured as one of GenericRecord; one of another type throws on use.
    RecordEncoder(Serde<?> serde) {
        this.serializer = (Serializer<GenericRecord>) serde.serializer();
    }

    /**
     * Encodes one record, registering its schema where that is allowed; a schema that the registry refuses or a value
     * that does not fit its schema is {@code NOT_ENCODABLE}.
     *
     * @throws org.apache.kafka.common.errors.RetriableException if the registry cannot be reached now
     * @throws org.apache.kafka.common.errors.ApiException if the registry refuses our credentials
     */
    public Outcome<byte[]> encode(String topic, Headers headers, GenericRecord record) {
        try {
            byte[] bytes = serializer.serialize(topic, headers, record);
            return bytes == null
                    ? Outcome.reject(Reason.NOT_ENCODABLE, "the value serde made nothing of the record")
                    : Outcome.of(bytes);
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.reject(ForeignFault.judge(Reason.NOT_ENCODABLE, e));
        }
    }
}
