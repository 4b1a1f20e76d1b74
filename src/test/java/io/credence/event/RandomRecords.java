package io.credence.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Seeded random record schemas and values of them. */
final class RandomRecords {
    private final Random random;
    private int names;

    RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    Schema schema() {
        return record(3);
    }

    GenericRecord value(Schema schema) {
        return (GenericRecord) any(schema);
    }

    private Schema record(int depth) {
        Schema record = Schema.createRecord(name("R"), "doc", "test.random", false);
        List<Schema.Field> fields = new ArrayList<>();
        int n = 1 + random.nextInt(5);
        for (int i = 0; i < n; i++) {
            fields.add(new Schema.Field("f" + i, type(depth - 1)));
        }
        record.setFields(fields);
        return record;
    }

    private Schema type(int depth) {
        return switch (random.nextInt(depth > 0 ? 16 : 11)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> Schema.create(Schema.Type.LONG);
            case 3 -> Schema.create(Schema.Type.FLOAT);
            case 4 -> Schema.create(Schema.Type.DOUBLE);
            case 5 -> Schema.create(Schema.Type.STRING);
            case 6 -> Schema.create(Schema.Type.BYTES);
            case 7 -> Schema.createFixed(name("F"), null, "test.random", random.nextInt(9));
            case 8 -> Schema.createEnum(name("E"), null, "test.random", List.of("A", "B", "C"));
            case 9 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 10 -> LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
            case 11 -> Schema.createArray(type(depth - 1));
            case 12 -> Schema.createMap(type(depth - 1));
            case 13 -> record(depth - 1);
            default -> Schema.createUnion(Schema.create(Schema.Type.NULL), nonUnion(depth - 1));
        };
    }

    private Schema nonUnion(int depth) {
        Schema schema = type(depth);
        return schema.getType() == Schema.Type.UNION ? schema.getTypes().get(1) : schema;
    }

    private Object any(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> (float) random.nextGaussian();
            case DOUBLE -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(12)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> {
                GenericData.Array<Object> array = new GenericData.Array<>(4, schema);
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(any(schema.getElementType()));
                }
                yield array;
            }
            case MAP -> {
                Map<Utf8, Object> map = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(), any(schema.getValueType()));
                }
                yield map;
            }
            case UNION ->
                any(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(f -> record.put(f.pos(), any(f.schema())));
                yield record;
            }
        };
    }

    private Utf8 text() {
        return new Utf8(List.of("", "a", "grün", "日本", "x".repeat(70)).get(random.nextInt(5)) + random.nextInt(99));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String name(String prefix) {
        return prefix + names++;
    }
}
