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
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scalar values of one schema as what the encoders understand: numbers, booleans, text and instants.
 *
 * <p>Works on raw Avro values and on those that a serde has already converted to {@code java.time} or
 * {@link BigDecimal}.
 *
 * @param logical the logical type of each raw type that the schema may hold
 */
record FieldValue(Map<Type, LogicalType> logical) {
    /** Stands for a value that is no scalar. */
    static final Object UNUSABLE = new Object();

    static FieldValue of(Schema schema) {
        List<Schema> branches = schema.getType() == Type.UNION ? schema.getTypes() : List.of(schema);
        Map<Type, LogicalType> logical = new EnumMap<>(Type.class);
        for (Schema branch : branches) {
            if (branch.getLogicalType() != null) {
                logical.putIfAbsent(branch.getType(), branch.getLogicalType());
            }
        }
        return new FieldValue(logical);
    }

    /** The value as a {@link Number}, {@link Boolean}, {@link String} or {@link Instant}, or {@link #UNUSABLE}. */
    Object read(Object value) {
        // Numbers first: they are most features, and that a value is of no interface is slow to find out.
        if (value instanceof Long n) {
            return instant(n, logical.get(Type.LONG));
        }
        if (value instanceof Integer n) {
            return logical.get(Type.INT) instanceof LogicalTypes.Date ? day(LocalDate.ofEpochDay(n)) : n;
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        if (value instanceof CharSequence || value instanceof GenericEnumSymbol || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof LocalDate date) {
            return day(date);
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof ByteBuffer bytes && logical.get(Type.BYTES) instanceof LogicalTypes.Decimal d) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return decimal(copy, d);
        }
        if (value instanceof GenericFixed fixed && logical.get(Type.FIXED) instanceof LogicalTypes.Decimal d) {
            return decimal(fixed.bytes(), d);
        }
        return UNUSABLE;
    }

    private static Object decimal(byte[] unscaled, LogicalTypes.Decimal type) {
        return unscaled.length == 0 ? UNUSABLE : new BigDecimal(new BigInteger(unscaled), type.getScale());
    }

    private static Object instant(long n, @Nullable LogicalType type) {
        if (type == null) {
            return n;
        }
        return switch (type.getName()) {
            case "timestamp-millis", "local-timestamp-millis" -> Instant.ofEpochMilli(n);
            case "timestamp-micros", "local-timestamp-micros" ->
                Instant.ofEpochSecond(Math.floorDiv(n, 1_000_000L), Math.floorMod(n, 1_000_000L) * 1_000);
            case "timestamp-nanos", "local-timestamp-nanos" ->
                Instant.ofEpochSecond(Math.floorDiv(n, 1_000_000_000L), Math.floorMod(n, 1_000_000_000L));
            default -> n;
        };
    }

    private static Instant day(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
