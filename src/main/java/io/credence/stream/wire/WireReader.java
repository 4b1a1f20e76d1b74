package io.credence.stream.wire;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of the Confluent wire format: bytes of unknown quality to records. One thread.
 *
 * @param <T> what a record becomes
 */
final class WireReader<T> {
    /** First byte of every value. */
    static final byte MAGIC = 0;

    /** Magic byte and schema id. */
    static final int HEADER = 5;

    private static final VarHandle SCHEMA_ID = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final SchemaRegistry registry;
    private final Readers<T> readers;
    private final Map<Integer, DatumReader<T>> byId = new HashMap<>();

    /** A topic's records are of one schema nearly always: the last reader is nearly always the next. */
    private @Nullable DatumReader<T> last;

    private int lastId;

    /** Makes the reader of a writer's schema. */
    @FunctionalInterface
    interface Readers<T> {
        DatumReader<T> of(Schema writer);
    }

    WireReader(SchemaRegistry registry, Readers<T> readers) {
        this.registry = registry;
        this.readers = readers;
    }

    /** What Kafka asks of a reader: null stays null, and bytes that are no record throw, with the reason. */
    static <V> Deserializer<V> deserializer(Function<byte[], Outcome<V>> decode) {
        return (topic, bytes) -> bytes == null
                ? null
                : decode.apply(bytes).fold(record -> record, fault -> {
                    throw new SerializationException(fault.reason() + ": " + fault.detail());
                });
    }

    /**
     * Reads one value.
     *
     * @throws RegistryUnavailableException if the registry cannot be reached now
     * @throws org.apache.kafka.common.errors.ApiException if it refuses our credentials
     */
    Outcome<T> read(byte @Nullable [] value) {
        if (value == null) {
            return Outcome.reject(Reason.NULL_VALUE, "the value is null");
        }
        if (value.length == 0) {
            return Outcome.reject(Reason.EMPTY_VALUE, "the value is empty");
        }
        if (value[0] != MAGIC) {
            return Outcome.reject(
                    Reason.BAD_MAGIC,
                    "the first byte is " + (value[0] & 0xff) + ", not 0: this is not the Confluent wire format");
        }
        if (value.length < HEADER) {
            return Outcome.reject(
                    Reason.UNDECODABLE, "the value ends after " + value.length + " bytes, inside the schema id");
        }
        int id = (int) SCHEMA_ID.get(value, 1);
        try {
            DatumReader<T> reader = id == lastId ? last : byId.get(id);
            if (reader == null) {
                Schema writer = registry.schema(id);
                if (!mayBeRecord(writer)) {
                    return Outcome.reject(
                            Reason.NOT_A_RECORD,
                            "schema id " + id + " is of type " + writer.getType() + ", not a record");
                }
                reader = readers.of(writer);
                byId.put(id, reader);
            }
            lastId = id;
            last = reader;
            return body(id, reader, value);
        } catch (UnknownSchemaException e) {
            return Outcome.reject(Reason.UNKNOWN_SCHEMA, String.valueOf(e.getMessage()));
        }
    }

    /** Reads the Avro binary; any failure inside is the bytes' fault, however Avro puts it. */
    private Outcome<T> body(int id, DatumReader<T> reader, byte[] value) {
        BoundedDecoder decoder = new BoundedDecoder(value, HEADER);
        try {
            @SuppressWarnings("NullAway") // Avro takes null for "nothing to reuse".
            T record = reader.read(null, decoder);
            if (!(record instanceof IndexedRecord)) {
                return Outcome.reject(
                        Reason.NOT_A_RECORD, "the value of schema id " + id + " is no record, which its union allows");
            }
            return decoder.remaining() == 0
                    ? Outcome.of(record)
                    : undecodable(id, decoder.remaining() + " bytes are left over after the record");
        } catch (IOException | RuntimeException e) {
            return undecodable(id, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (StackOverflowError e) {
            return undecodable(id, "the record is nested too deeply");
        }
    }

    private static boolean mayBeRecord(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                || schema.getType() == Schema.Type.UNION
                        && schema.getTypes().stream().anyMatch(WireReader::mayBeRecord);
    }

    private static <T> Outcome<T> undecodable(int id, String why) {
        return Outcome.reject(Reason.UNDECODABLE, "not a record of schema id " + id + ": " + why);
    }
}
