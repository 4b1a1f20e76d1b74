package io.credence.stream.wire;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** Raw bytes of an input topic to Avro records: whatever is wrong with the bytes comes back as a rejection. One thread. */
public final class RecordDecoder {
    private final Serde<?> serde;
    private final Deserializer<?> deserializer;

    /** @param serde configured already, and closed by its owner */
    RecordDecoder(Serde<?> serde) {
        this.serde = serde;
        this.deserializer = serde.deserializer();
    }

    /**
     * Decodes one value.
     *
     * @throws org.apache.kafka.common.errors.RetriableException if the registry cannot be reached now
     * @throws org.apache.kafka.common.errors.ApiException if the registry refuses our credentials
     */
    public Outcome<GenericRecord> decode(String topic, Headers headers, byte @Nullable [] value) {
        if (serde instanceof ConfluentAvroSerde ours) {
            return ours.decode(value);
        }
        if (value == null) {
            return Outcome.reject(Reason.NULL_VALUE, "the value is null");
        }
        if (value.length == 0) {
            return Outcome.reject(Reason.EMPTY_VALUE, "the value is empty");
        }
        return foreign(topic, headers, value);
    }

    private Outcome<GenericRecord> foreign(String topic, Headers headers, byte[] value) {
        try {
            Object decoded = deserializer.deserialize(topic, headers, value);
            if (decoded instanceof GenericRecord record) {
                return Outcome.of(record);
            }
            return Outcome.reject(
                    Reason.NOT_A_RECORD,
                    "the value is " + (decoded == null ? "null" : "of " + decoded.getClass()) + ", not an Avro record");
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.reject(ForeignFault.judge(Reason.UNDECODABLE, e));
        }
    }
}
