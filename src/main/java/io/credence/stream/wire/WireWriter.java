package io.credence.stream.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The writing side of the Confluent wire format. One thread.
 *
 * @param <T> the records
 */
final class WireWriter<T extends IndexedRecord> {
    /** Reached only if schemas were made anew for every record; then it is better to look them up again. */
    private static final int MAX_TARGETS = 1_000;

    private final SchemaRegistry registry;
    private final GenericData data;
    private final Map<Key, Target<T>> targets = new HashMap<>();
    private final WireBuffer buffer = new WireBuffer();

    /** @param data what the records are made with */
    WireWriter(SchemaRegistry registry, GenericData data) {
        this.registry = registry;
        this.data = data;
    }

    /**
     * Encodes a record for a topic.
     *
     * @throws SchemaRefusedException if the registry does not take or have its schema
     * @throws SerializationException if the record does not fit its schema
     * @throws RegistryUnavailableException if the registry cannot be reached now
     */
    byte[] write(String topic, T record) {
        Target<T> target = target(topic, record.getSchema());
        buffer.clear();
        buffer.writeHeader(target.id());
        try {
            target.body().write(record, buffer);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new SerializationException(
                    "record does not fit its schema " + record.getSchema().getFullName() + ": " + e, e);
        }
        return buffer.toByteArray();
    }

    private Target<T> target(String topic, Schema schema) {
        Key key = new Key(topic, schema);
        Target<T> target = targets.get(key);
        if (target == null) {
            if (targets.size() >= MAX_TARGETS) {
                targets.clear();
            }
            target = resolve(topic, schema);
            targets.put(key, target);
        }
        return target;
    }

    private Target<T> resolve(String topic, Schema schema) {
        RegistrySettings settings = registry.settings();
        Schema published = PortableSchema.of(schema);
        String subject = settings.naming().subject(topic, schema);
        if (settings.autoRegister()) {
            return new Target<>(registry.register(subject, published), body(schema));
        }
        if (!settings.useLatest()) {
            return new Target<>(registry.id(subject, published), body(schema));
        }
        int id = registry.latest(subject);
        Schema latest = registry.schema(id);
        return new Target<>(id, latest.equals(published) ? body(schema) : projection(subject, schema, latest));
    }

    private Body<T> body(Schema schema) {
        return SchemaWriter.of(schema, data)::write;
    }

    /** Writes the record as its own schema has it, reads that back in the latest schema, and writes the result. */
    private Body<T> projection(String subject, Schema own, Schema latest) {
        var fit = SchemaCompatibility.checkReaderWriterCompatibility(latest, own);
        if (fit.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
            throw new SchemaRefusedException(
                    "the latest schema of subject '" + subject + "' cannot hold a record of " + own.getFullName() + ": "
                            + fit.getResult().getIncompatibilities(),
                    null);
        }
        Body<T> writer = body(own);
        var reader = new GenericDatumReader<IndexedRecord>(own, latest, new GenericData());
        SchemaWriter latestWriter = SchemaWriter.of(latest, new GenericData());
        return (record, out) -> {
            WireBuffer bytes = new WireBuffer();
            writer.write(record, bytes);
            @SuppressWarnings("NullAway") // Avro takes null for "nothing to reuse".
            IndexedRecord projected = reader.read(null, new BoundedDecoder(bytes.toByteArray(), 0));
            latestWriter.write(projected, out);
        };
    }

    /** Writes the Avro binary of a record. */
    @FunctionalInterface
    private interface Body<T> {
        void write(T record, WireBuffer out) throws IOException;
    }

    private record Target<T>(int id, Body<T> body) {}

    /** Topic and schema; schemas are compared by identity, since comparing their content is slow. */
    private record Key(String topic, Schema schema) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && schema == that.schema && topic.equals(that.topic);
        }

        @Override
        public int hashCode() {
            return 31 * topic.hashCode() + System.identityHashCode(schema);
        }
    }
}
