package io.credence.tool.feed;

import io.credence.tool.csv.CsvException;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.evaluate.ColumnProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.jspecify.annotations.Nullable;

/** The Avro schema of a table's rows: read from a file, or made from what the cells look like. */
public final class RowSchema {
    private static final Pattern NO_LETTER = Pattern.compile("[^A-Za-z0-9_]+");
    private static final Pattern WORD_START = Pattern.compile("(?:^|_)([A-Za-z0-9])");

    private RowSchema() {}

    /**
     * A record with a field for each column: whole numbers are {@code long}, others {@code double}, times
     * {@code timestamp-millis}, everything else {@code string}. A column with gaps, and the label, take null.
     *
     * @param topic gives the record its name
     * @param label column that records may lack, or null
     * @throws CsvException if two columns would be the same field
     */
    public static Schema infer(CsvTable table, String topic, @Nullable String label) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (int column = 0; column < table.columns().size(); column++) {
            String title = table.columns().get(column);
            ColumnProfile profile = ColumnProfile.of(table, column);
            boolean nullable =
                    profile.gaps() || profile.content() == ColumnProfile.Content.NOTHING || title.equals(label);
            String name = fieldName(title, column);
            String doc = name.equals(title) ? null : title;
            Field before = fields.put(name, field(name, doc, type(profile.content()), nullable));
            if (before != null) {
                throw new CsvException("file '" + table.file() + "': the columns '"
                        + (before.doc() == null ? before.name() : before.doc()) + "' and '" + title
                        + "' would both be the field '" + name + "'; rename one of them");
            }
        }
        Schema schema = Schema.createRecord(recordName(topic), null, null, false);
        schema.setFields(fields.values().stream().toList());
        return schema;
    }

    /**
     * The schema in a file of JSON.
     *
     * @throws IllegalArgumentException if it cannot be read, or is no record
     */
    public static Schema read(Path file) {
        try {
            Schema schema = new Schema.Parser().parse(Files.readString(file));
            if (schema.getType() != Type.RECORD) {
                throw new IllegalArgumentException(
                        "schema file '" + file + "' holds a " + schema.getType().getName() + ", expected a record");
            }
            return schema;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("schema file '" + file + "' does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("schema file '" + file + "' cannot be read: " + e.getMessage(), e);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException("schema file '" + file + "' is no Avro schema: " + e.getMessage(), e);
        }
    }

    /** The name of a column as Avro spells names; {@code position} names one without any letter. */
    static String fieldName(String column, int position) {
        String name = NO_LETTER.matcher(column).replaceAll("_");
        name = name.length() > 1 && name.endsWith("_") && !column.endsWith("_")
                ? name.substring(0, name.length() - 1)
                : name;
        if (name.isEmpty() || name.equals("_")) {
            return "c" + position;
        }
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static String recordName(String topic) {
        String words = WORD_START
                .matcher(NO_LETTER.matcher(topic).replaceAll("_"))
                .replaceAll(start -> start.group(1).toUpperCase(java.util.Locale.ROOT));
        return words.isEmpty() || Character.isDigit(words.charAt(0)) ? "Row" + words : words;
    }

    private static Field field(String name, @Nullable String doc, Schema type, boolean nullable) {
        return nullable
                ? new Field(name, Schema.createUnion(Schema.create(Type.NULL), type), doc, JsonProperties.NULL_VALUE)
                : new Field(name, type, doc);
    }

    private static Schema type(ColumnProfile.Content content) {
        return switch (content) {
            case WHOLE -> Schema.create(Type.LONG);
            case REAL, NOTHING -> Schema.create(Type.DOUBLE);
            case FLAG -> Schema.create(Type.BOOLEAN);
            case TIME -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Type.LONG));
            case TEXT -> Schema.create(Type.STRING);
        };
    }
}
