package io.credence.tool.feed;

import io.credence.bayes.feature.EventTimes;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.evaluate.ColumnProfile;
import java.util.Locale;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** The cells of one column as values of one Avro type. One thread. */
final class CellReader {
    /** Whole numbers up to here are exact as a double, which is what a table's numbers are read as. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private static final long DAY_MS = 86_400_000;

    private final CsvTable table;
    private final int column;
    private final Schema type;
    private final boolean nullable;
    private EventTimes.@Nullable Unit unit;

    /** Why a cell cannot be a value; the message is the end of a sentence whose subject is the column. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    private CellReader(CsvTable table, int column, Schema type, boolean nullable) {
        this.table = table;
        this.column = column;
        this.type = type;
        this.nullable = nullable;
    }

    /** The reader for a field's schema; null if no text can be a value of it. */
    static @Nullable CellReader of(CsvTable table, int column, Schema schema) {
        Schema type = schema;
        boolean nullable = schema.getType() == Type.NULL;
        if (schema.getType() == Type.UNION) {
            nullable = schema.isNullable();
            type = schema.getTypes().stream()
                    .filter(one -> one.getType() != Type.NULL && understood(one))
                    .findFirst()
                    .orElse(schema);
        }
        return understood(type) ? new CellReader(table, column, type, nullable) : null;
    }

    /** The reader of times in milliseconds since 1970, whatever their column is in the record. */
    static CellReader ofTimes(CsvTable table, int column) {
        Schema millis = org.apache.avro.LogicalTypes.timestampMillis().addToSchema(Schema.create(Type.LONG));
        return new CellReader(table, column, millis, false);
    }

    private static boolean understood(Schema type) {
        return switch (type.getType()) {
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, ENUM -> true;
            default -> false;
        };
    }

    /** Whether the field takes null. */
    boolean nullable() {
        return nullable;
    }

    /** The value of a row's cell, null where it has none. */
    @Nullable
    Object read(int row) throws Unfit {
        String text = table.text(row, column);
        boolean number = type.getType() != Type.STRING && type.getType() != Type.ENUM;
        if (text == null || number && ColumnProfile.absent(text)) {
            if (nullable) {
                return null;
            }
            throw new Unfit("has no value, and the schema takes no null there");
        }
        return value(text);
    }

    private Object value(String text) throws Unfit {
        return switch (type.getType()) {
            case STRING -> text;
            case ENUM -> symbol(text);
            case BOOLEAN -> flag(text);
            case FLOAT -> (float) real(text);
            case DOUBLE -> real(text);
            case INT -> (int) whole(text, Integer.MAX_VALUE);
            default -> whole(text, (long) EXACT);
        };
    }

    private Object symbol(String text) throws Unfit {
        if (!type.hasEnumSymbol(text)) {
            throw new Unfit("is '" + text + "', allowed are " + String.join(", ", type.getEnumSymbols()));
        }
        return new GenericData.EnumSymbol(type, text);
    }

    private static boolean flag(String text) throws Unfit {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new Unfit("is '" + text + "', which is neither true nor false");
        };
    }

    private double real(String text) throws Unfit {
        Double number = table.number(text);
        if (number == null || !Double.isFinite(number)) {
            throw new Unfit("is '" + text + "', which is no number");
        }
        return number;
    }

    private long whole(String text, long most) throws Unfit {
        LogicalType logical = type.getLogicalType();
        if (logical != null) {
            switch (logical.getName()) {
                case "timestamp-millis", "local-timestamp-millis":
                    return millis(text);
                case "timestamp-micros", "local-timestamp-micros":
                    return 1000 * millis(text);
                case "date":
                    return Math.floorDiv(millis(text), DAY_MS);
                default:
                    break;
            }
        }
        double number = real(text);
        if (number != Math.rint(number) || Math.abs(number) > most) {
            throw new Unfit("is '" + text + "', and the schema takes whole numbers up to " + most);
        }
        return (long) number;
    }

    private long millis(String text) throws Unfit {
        Double number = table.number(text);
        if (unit == null) {
            unit = ColumnProfile.of(table, column).unit();
        }
        Long millis = number == null ? EventTimes.millis(text) : unit.millis(number);
        if (millis == null) {
            throw new Unfit("is '" + text + "', which is no time");
        }
        return millis;
    }
}
