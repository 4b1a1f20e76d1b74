package io.credence.stream.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * A schema compiled to the writing of its values as Avro binary. Immutable once made.
 *
 * <p>Avro's own writers ask schema and data model again for every value of every record: logical type, conversion, field
 * name, branch. Here that is asked once a schema. Timestamps of our generated classes come as {@link Instant}; other
 * logical types as the raw values that they are read as.
 */
final class SchemaWriter {
    private static final int NO_NULL = -1;

    private final Schema schema;
    private final Type type;
    private final GenericData data;
    /** Of a record its fields, of a union its branches, of an array or a map its items. */
    private final SchemaWriter[] parts;
    /** Where null stands in a union of two. */
    private final int nullAt;

    private SchemaWriter(Schema schema, GenericData data, int parts) {
        this.schema = schema;
        this.type = schema.getType();
        this.data = data;
        this.parts = new SchemaWriter[parts];
        this.nullAt = nullAt(schema);
    }

    /**
     * Compiles a schema.
     *
     * @param data tells the branches of a union apart
     */
    static SchemaWriter of(Schema schema, GenericData data) {
        return compile(schema, data, new IdentityHashMap<>());
    }

    private static SchemaWriter compile(Schema schema, GenericData data, Map<Schema, SchemaWriter> known) {
        SchemaWriter compiled = known.get(schema);
        if (compiled == null) {
            List<Schema> parts = parts(schema);
            compiled = new SchemaWriter(schema, data, parts.size());
            known.put(schema, compiled); // Before its parts: a record may hold itself.
            for (int i = 0; i < parts.size(); i++) {
                compiled.parts[i] = compile(parts.get(i), data, known);
            }
        }
        return compiled;
    }

    private static List<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Field::schema).toList();
            case UNION -> schema.getTypes();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            default -> List.of();
        };
    }

    private static int nullAt(Schema schema) {
        boolean pair = schema.getType() == Type.UNION && schema.getTypes().size() == 2;
        for (int i = 0; pair && i < 2; i++) {
            if (schema.getTypes().get(i).getType() == Type.NULL) {
                return i;
            }
        }
        return NO_NULL;
    }

    /**
     * Writes one value.
     *
     * @throws RuntimeException if it does not fit the schema; what was written of it until then stays
     */
    @SuppressWarnings("NullAway") // A null that the schema does not allow is to fail, and does.
    void write(@Nullable Object value, WireBuffer out) throws IOException {
        switch (type) {
            case NULL -> expectNull(value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT -> out.writeInt(((Number) value).intValue());
            case LONG -> out.writeLong(value instanceof Instant t ? t.toEpochMilli() : ((Number) value).longValue());
            case FLOAT -> out.writeFloat(((Number) value).floatValue());
            case DOUBLE -> out.writeDouble(((Number) value).doubleValue());
            case STRING -> text(value, out);
            case BYTES -> out.writeBytes((ByteBuffer) value);
            case FIXED -> out.writeFixed(((GenericFixed) value).bytes(), 0, schema.getFixedSize());
            case ENUM -> out.writeEnum(schema.getEnumOrdinal(((GenericEnumSymbol<?>) value).toString()));
            case UNION -> union(value, out);
            case ARRAY -> array((Collection<?>) value, out);
            case MAP -> map((Map<?, ?>) value, out);
            case RECORD -> record((IndexedRecord) value, out);
        }
    }

    private static void expectNull(@Nullable Object value) {
        if (value != null) {
            throw new AvroTypeException("a " + value.getClass().getName() + " where there can only be null");
        }
    }

    private static void text(Object value, WireBuffer out) throws IOException {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Utf8 text) {
            out.writeString(text);
        } else {
            out.writeString(((CharSequence) value).toString());
        }
    }

    private void union(@Nullable Object value, WireBuffer out) throws IOException {
        int branch;
        if (nullAt == NO_NULL) {
            branch = data.resolveUnion(schema, value);
        } else {
            branch = value == null ? nullAt : 1 - nullAt;
        }
        out.writeIndex(branch);
        parts[branch].write(value, out);
    }

    private void array(Collection<?> items, WireBuffer out) throws IOException {
        if (!items.isEmpty()) {
            out.writeLong(items.size());
        }
        if (items instanceof Doubles doubles && parts[0].type == Type.DOUBLE) {
            out.writeDoubles(doubles.values());
        } else {
            for (Object item : items) {
                parts[0].write(item, out);
            }
        }
        out.writeArrayEnd();
    }

    private void map(Map<?, ?> entries, WireBuffer out) throws IOException {
        if (!entries.isEmpty()) {
            out.writeLong(entries.size());
        }
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            text(entry.getKey(), out);
            parts[0].write(entry.getValue(), out);
        }
        out.writeMapEnd();
    }

    private void record(IndexedRecord record, WireBuffer out) throws IOException {
        int at = 0;
        try {
            for (; at < parts.length; at++) {
                parts[at].write(record.get(at), out);
            }
        } catch (RuntimeException e) {
            throw new AvroTypeException(
                    schema.getName() + "." + schema.getFields().get(at).name() + ": " + e.getMessage(), e);
        }
    }
}
