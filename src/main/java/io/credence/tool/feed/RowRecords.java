package io.credence.tool.feed;

import io.credence.tool.csv.CsvException;
import io.credence.tool.csv.CsvTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a table as records of a schema. One thread. */
public final class RowRecords {
    private final CsvTable table;
    private final Schema schema;
    private final Map<Field, CellReader> cells = new HashMap<>();
    private final Map<Field, Object> defaults = new HashMap<>();
    private final Map<Integer, Field> taken = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Finds the column of each field: the one of its name, or whose name becomes that as Avro spells names.
     *
     * @param schema of a record
     * @throws IllegalArgumentException if a field has neither a column nor a default, or a type that no cell can be
     */
    public RowRecords(CsvTable table, Schema schema) {
        this.table = table;
        this.schema = schema;
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.putIfAbsent(RowSchema.fieldName(table.columns().get(i), i), i);
        }
        for (int i = 0; i < table.columns().size(); i++) {
            columns.put(table.columns().get(i), i);
        }
        schema.getFields().forEach(field -> bind(field, columns.get(field.name())));
        List<String> unused = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            String column = table.columns().get(i);
            Field field = taken.get(i);
            if (field == null) {
                unused.add(column);
            } else if (!field.name().equals(column)) {
                notes.add("column '" + column + "' is the field '" + field.name() + "'");
            }
        }
        if (!unused.isEmpty()) {
            notes.add("left out column(s) that the schema has no field for: " + String.join(", ", unused));
        }
    }

    private void bind(Field field, @Nullable Integer column) {
        if (column == null) {
            defaults.put(field, defaultOf(field));
            return;
        }
        CellReader reader = CellReader.of(table, column, field.schema());
        if (reader == null) {
            throw new IllegalArgumentException("field '" + field.name() + "' of schema " + schema.getFullName() + " is "
                    + field.schema().getType().getName()
                    + ", which a cell cannot be; allowed are boolean, int, long, float, double, string, enum, and a"
                    + " union of one of them with null");
        }
        cells.put(field, reader);
        taken.put(column, field);
    }

    private @Nullable Object defaultOf(Field field) {
        try {
            if (field.hasDefaultValue()) {
                return GenericData.get().getDefaultValue(field);
            }
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "field '" + field.name() + "' of schema " + schema.getFullName() + " has an unusable default", e);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw new IllegalArgumentException("file '" + table.file() + "' has no column for the field '" + field.name()
                + "' of schema " + schema.getFullName() + ", which has no default and takes no null; the columns are "
                + String.join(", ", table.columns()));
    }

    /** What was decided, a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    CsvTable table() {
        return table;
    }

    /**
     * The field of the column that is the label.
     *
     * @throws IllegalArgumentException if there is none, or it takes no null
     */
    public Field label(String column) {
        Field field = taken.get(table.column(column));
        if (field == null) {
            throw new IllegalArgumentException(
                    "schema " + schema.getFullName() + " has no field for the label '" + column + "'");
        }
        CellReader reader = cells.get(field);
        if (reader == null || !reader.nullable()) {
            throw new IllegalArgumentException("field '" + field.name() + "' of schema " + schema.getFullName()
                    + " takes no null, so that no record can be without its label; make it a union with null");
        }
        return field;
    }

    /**
     * The record of a row.
     *
     * @throws CsvException naming file, row, line and column of what cannot be used
     */
    public GenericRecord record(int row) {
        String fault = table.fault(row);
        if (fault != null) {
            throw new CsvException(table.place(row) + ": " + fault);
        }
        GenericRecord record = new GenericData.Record(schema);
        for (Field field : schema.getFields()) {
            CellReader reader = cells.get(field);
            try {
                record.put(field.pos(), reader == null ? defaults.get(field) : reader.read(row));
            } catch (CellReader.Unfit e) {
                throw new CsvException(table.place(row) + ", column '" + columnOf(field) + "' " + e.getMessage());
            }
        }
        return record;
    }

    private String columnOf(Field field) {
        return taken.entrySet().stream()
                .filter(one -> one.getValue().equals(field))
                .map(one -> table.columns().get(one.getKey()))
                .findFirst()
                .orElse(field.name());
    }
}
