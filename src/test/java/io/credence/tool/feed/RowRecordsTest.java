package io.credence.tool.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.tool.csv.CsvException;
import io.credence.tool.csv.CsvTable;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowRecordsTest {
    private static final Schema EVERYTHING = SchemaBuilder.record("Row")
            .fields()
            .requiredInt("i")
            .requiredLong("l")
            .requiredFloat("f")
            .requiredDouble("d")
            .requiredBoolean("b")
            .requiredString("s")
            .name("e")
            .type()
            .enumeration("E")
            .symbols("A", "B")
            .noDefault()
            .name("t")
            .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .name("day")
            .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
            .noDefault()
            .optionalDouble("y")
            .name("more")
            .type()
            .stringType()
            .stringDefault("dflt")
            .endRecord();

    private static final String HEADER = "i,l,f,d,b,s,e,t,day,y,extra";

    @Test
    void shouldReadACellAsItsFieldIsWhenTheSchemaIsGiven() {
        CsvTable table = RowSchemaTest.table(HEADER, "-7,8000000000,1.5,2,yes,a;b,B,1970-01-01 00:01,1970-01-03,,x");
        RowRecords rows = new RowRecords(table, EVERYTHING);
        GenericRecord record = rows.record(0);
        assertEquals(-7, record.get("i"));
        assertEquals(8_000_000_000L, record.get("l"));
        assertEquals(1.5f, record.get("f"));
        assertEquals(2.0, record.get("d"));
        assertEquals(true, record.get("b"));
        assertEquals("a;b", record.get("s"));
        assertEquals("B", record.get("e").toString());
        assertEquals(60_000_000L, record.get("t"));
        assertEquals(2, record.get("day"));
        assertNull(record.get("y"));
        assertEquals("dflt", record.get("more").toString());
        assertEquals(
                "[left out column(s) that the schema has no field for: extra]",
                rows.notes().toString());
        assertEquals("y", rows.label("y").name());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1.5, 'is ''1.5'', and the schema takes whole numbers up to 2147483647'",
        "0, 3000000000, 'is ''3000000000'', and the schema takes whole numbers up to 2147483647'",
        "1, '', 'has no value, and the schema takes no null there'",
        "2, inf, 'is ''inf'', which is no number'",
        "3, wet, 'is ''wet'', which is no number'",
        "4, maybe, 'is ''maybe'', which is neither true nor false'",
        "6, C, 'is ''C'', allowed are A, B'",
        "7, noon, 'is ''noon'', which is no time'",
    })
    void shouldNameRowLineAndColumnWhenACellCannotBeUsed(int column, String cell, String why) {
        String[] cells = "1,2,3,4,true,s,A,1970-01-01,1970-01-02,5,x".split(",");
        cells[column] = cell;
        RowRecords rows = new RowRecords(RowSchemaTest.table(HEADER, String.join(",", cells)), EVERYTHING);
        CsvException refused = assertThrows(CsvException.class, () -> rows.record(0));
        assertEquals(
                "file 'rows.csv' row 0 (line 2), column '" + HEADER.split(",")[column] + "' " + why,
                refused.getMessage());
    }

    @Test
    void shouldFindTheColumnWhenOnlyItsSpellingDiffers() {
        CsvTable table = RowSchemaTest.table("wind (m/s),y", "1.5,2.5");
        RowRecords rows = new RowRecords(table, RowSchema.infer(table, "t", "y"));
        assertEquals(1.5, rows.record(0).get("wind_m_s"));
        assertEquals(
                "[column 'wind (m/s)' is the field 'wind_m_s']", rows.notes().toString());
    }

    @Test
    void shouldRefuseTheSchemaWhenItDoesNotFitTheTable() {
        CsvTable table = RowSchemaTest.table("x,y", "1,2");
        Schema absent = SchemaBuilder.record("R").fields().requiredDouble("z").endRecord();
        assertTrue(refused(table, absent).contains("has no column for the field 'z' of schema R"));
        Schema bytes = SchemaBuilder.record("R").fields().requiredBytes("x").endRecord();
        assertTrue(refused(table, bytes).startsWith("field 'x' of schema R is bytes, which a cell cannot be"));
        Schema plain = SchemaBuilder.record("R")
                .fields()
                .requiredDouble("x")
                .requiredDouble("y")
                .endRecord();
        RowRecords rows = new RowRecords(table, plain);
        String label = String.valueOf(assertThrows(IllegalArgumentException.class, () -> rows.label("y"))
                .getMessage());
        assertTrue(label.startsWith("field 'y' of schema R takes no null"), label);
    }

    private static String refused(CsvTable table, Schema schema) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> new RowRecords(table, schema))
                .getMessage());
    }
}
