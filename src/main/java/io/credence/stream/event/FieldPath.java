package io.credence.stream.event;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dotted path compiled for one schema: the positions to follow and how to read what lies there.
 *
 * @param positions position of each field on the way
 * @param leaf the schema of the last field
 * @param value how its values are read
 */
record FieldPath(int[] positions, Schema leaf, FieldValue value) {

    /** Compiles a path; null if the schema has no such field. */
    static @Nullable FieldPath compile(Schema record, String path) {
        List<Integer> positions = new ArrayList<>();
        Schema at = record;
        for (String name : path.split("\\.", -1)) {
            Schema inside = recordOf(at);
            Field field = inside == null ? null : field(inside, name);
            if (field == null) {
                return null;
            }
            positions.add(field.pos());
            at = field.schema();
        }
        return new FieldPath(positions.stream().mapToInt(Integer::intValue).toArray(), at, FieldValue.of(at));
    }

    /** The value at the path, or null if it or a record on the way is; {@link FieldValue#UNUSABLE} if it is no scalar. */
    @Nullable
    Object read(IndexedRecord record) {
        Object at = record.get(positions[0]);
        for (int i = 1; i < positions.length; i++) {
            if (!(at instanceof IndexedRecord inside)) {
                return null;
            }
            at = inside.get(positions[i]);
        }
        return at == null ? null : value.read(at);
    }

    /** The type at the path, for a message. */
    String describe() {
        return leaf.getType() == Schema.Type.UNION
                ? leaf.getTypes().stream().map(Schema::getName).toList().toString()
                : leaf.getName();
    }

    /** The field of a name or, failing that, of an alias. */
    private static @Nullable Field field(Schema record, String name) {
        Field field = record.getField(name);
        return field != null
                ? field
                : record.getFields().stream()
                        .filter(f -> f.aliases().contains(name))
                        .findFirst()
                        .orElse(null);
    }

    /** The record that a schema is or may hold; null if there is none, or a choice of several. */
    private static @Nullable Schema recordOf(Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            return schema;
        }
        if (schema.getType() != Schema.Type.UNION) {
            return null;
        }
        List<Schema> records = schema.getTypes().stream()
                .filter(s -> s.getType() == Schema.Type.RECORD)
                .toList();
        return records.size() == 1 ? records.get(0) : null;
    }
}
