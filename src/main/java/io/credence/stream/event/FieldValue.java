package io.credence.stream.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scalar values of one schema as what the encoders understand: numbers, booleans, text and instants.
 *
 * <p>Works on raw Avro values and on those that a serde has already converted to {@code java.time} or
 * {@link BigDecimal}. What a number or bytes mean is told by the logical type, or by the name that Kafka Connect and
 * Debezium give it ({@link FieldMeaning}).
 *
 * @param meanings what the values of each raw type that the schema may hold mean, where that is not themselves
 */
record FieldValue(Map<Type, FieldMeaning> meanings) {
    /** Stands for a value that is no scalar. */
    static final Object UNUSABLE = new Object();

    static FieldValue of(Schema schema) {
        List<Schema> branches = schema.getType() == Type.UNION ? schema.getTypes() : List.of(schema);
        Map<Type, FieldMeaning> meanings = new EnumMap<>(Type.class);
        for (Schema branch : branches) {
            FieldMeaning meaning = FieldMeaning.of(branch);
            if (meaning != null) {
                meanings.putIfAbsent(branch.getType(), meaning);
            }
        }
        return new FieldValue(meanings);
    }

    /** The value as a {@link Number}, {@link Boolean}, {@link String} or {@link Instant}, or {@link #UNUSABLE}. */
    Object read(Object value) {
        // Numbers first: they are most features, and that a value is of no interface is slow to find out.
        if (value instanceof Long n) {
            FieldMeaning meaning = meanings.get(Type.LONG);
            return meaning == null ? n : meaning.of(n);
        }
        if (value instanceof Integer n) {
            FieldMeaning meaning = meanings.get(Type.INT);
            return meaning == null ? n : meaning.of(n);
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        if (value instanceof CharSequence || value instanceof GenericEnumSymbol || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return unscaled(meanings.get(Type.BYTES), copy);
        }
        if (value instanceof GenericFixed fixed) {
            return unscaled(meanings.get(Type.FIXED), fixed.bytes());
        }
        FieldMeaning meaning = value instanceof IndexedRecord ? meanings.get(Type.RECORD) : null;
        return meaning == null ? UNUSABLE : variable((IndexedRecord) value);
    }

    private static Object unscaled(@Nullable FieldMeaning meaning, byte[] bytes) {
        if (meaning == null || bytes.length == 0) {
            return UNUSABLE;
        }
        if (meaning.kind() == FieldMeaning.Kind.UUID) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return bytes.length == 16 ? new UUID(halves.getLong(), halves.getLong()).toString() : UNUSABLE;
        }
        return new BigDecimal(new BigInteger(bytes), meaning.scale());
    }

    /** A decimal that brings its own scale. */
    private static Object variable(IndexedRecord decimal) {
        Object scale = decimal.get(decimal.getSchema().getField("scale").pos());
        Object value = decimal.get(decimal.getSchema().getField("value").pos());
        if (!(scale instanceof Integer digits) || !(value instanceof ByteBuffer bytes) || !bytes.hasRemaining()) {
            return UNUSABLE;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new BigDecimal(new BigInteger(copy), digits);
    }
}
