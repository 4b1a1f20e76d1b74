package io.credence.stream.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a raw value means by the type that its schema names: Avro's logical types, and those that Kafka Connect and
 * Debezium write as {@code connect.name}.
 *
 * @param kind what it is
 * @param scale digits after the decimal point, of decimals
 */
record FieldMeaning(Kind kind, int scale) {
    /** Kinds of meaning. */
    enum Kind {
        DAYS,
        MILLIS,
        MICROS,
        NANOS,
        DECIMAL,
        VARIABLE_DECIMAL,
        UUID
    }

    /*
     * Avro leaves out a logical type that it finds invalid, such as a decimal of more digits after the point than in all
     * (Oracle's NUMBER as Connect writes it), but keeps its properties.
     */
    private static final Map<String, Kind> BY_NAME = Map.ofEntries(
            Map.entry("date", Kind.DAYS),
            Map.entry("timestamp-millis", Kind.MILLIS),
            Map.entry("local-timestamp-millis", Kind.MILLIS),
            Map.entry("timestamp-micros", Kind.MICROS),
            Map.entry("local-timestamp-micros", Kind.MICROS),
            Map.entry("timestamp-nanos", Kind.NANOS),
            Map.entry("local-timestamp-nanos", Kind.NANOS),
            Map.entry("decimal", Kind.DECIMAL),
            Map.entry("uuid", Kind.UUID),
            Map.entry("org.apache.kafka.connect.data.Date", Kind.DAYS),
            Map.entry("org.apache.kafka.connect.data.Timestamp", Kind.MILLIS),
            Map.entry("org.apache.kafka.connect.data.Decimal", Kind.DECIMAL),
            Map.entry("io.debezium.time.Date", Kind.DAYS),
            Map.entry("io.debezium.time.Timestamp", Kind.MILLIS),
            Map.entry("io.debezium.time.MicroTimestamp", Kind.MICROS),
            Map.entry("io.debezium.time.NanoTimestamp", Kind.NANOS),
            Map.entry("io.debezium.data.VariableScaleDecimal", Kind.VARIABLE_DECIMAL));

    /** The meaning that a schema names for its own type; null if its values mean themselves. */
    static @Nullable FieldMeaning of(Schema schema) {
        for (String name : new @Nullable String[] {
            schema.getLogicalType() == null ? null : schema.getLogicalType().getName(),
            schema.getProp("logicalType"),
            schema.getProp("connect.name"),
            schema.getType() == Type.RECORD ? schema.getFullName() : null
        }) {
            Kind kind = name == null ? null : BY_NAME.get(name);
            if (kind != null && fits(kind, schema)) {
                return new FieldMeaning(kind, kind == Kind.DECIMAL ? scale(schema) : 0);
            }
        }
        return null;
    }

    private static boolean fits(Kind kind, Schema schema) {
        return switch (kind) {
            case DAYS -> schema.getType() == Type.INT;
            case MILLIS, MICROS, NANOS -> schema.getType() == Type.LONG;
            case DECIMAL -> schema.getType() == Type.BYTES || schema.getType() == Type.FIXED;
            case UUID -> schema.getType() == Type.FIXED;
            case VARIABLE_DECIMAL ->
                schema.getType() == Type.RECORD && schema.getField("scale") != null && schema.getField("value") != null;
        };
    }

    private static int scale(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decimal.getScale();
        }
        Object given = schema.getObjectProp("scale");
        if (given == null && schema.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters) {
            given = parameters.get("scale");
        }
        try {
            return given == null ? 0 : Integer.parseInt(given.toString());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A whole number as what it means. */
    Object of(long n) {
        return switch (kind) {
            case DAYS -> LocalDate.ofEpochDay(n).atStartOfDay(ZoneOffset.UTC).toInstant();
            case MILLIS -> Instant.ofEpochMilli(n);
            case MICROS -> Instant.ofEpochSecond(Math.floorDiv(n, 1_000_000L), Math.floorMod(n, 1_000_000L) * 1_000);
            case NANOS -> Instant.ofEpochSecond(Math.floorDiv(n, 1_000_000_000L), Math.floorMod(n, 1_000_000_000L));
            default -> n;
        };
    }
}
