package io.credence.tool.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.tool.csv.CsvException;
import io.credence.tool.csv.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowSchemaTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveEachColumnATypeWhenItsCellsAgree() {
        Schema schema = RowSchema.infer(
                table(
                        "n,x,on,at,day,sky,gap,none,y",
                        "1,1.5,true,2024-01-01 10:00,2024-01-01,clear,NA,,3",
                        "2,2,false,2024-01-01 11:00,2024-01-02,rain,4,,5"),
                "bike-hours.v2",
                "y");
        assertEquals("BikeHoursV2", schema.getFullName());
        assertEquals(
                "n long, x double, on boolean, at timestamp-millis, day timestamp-millis, sky string, gap null|long,"
                        + " none null|double, y null|long",
                schema.getFields().stream()
                        .map(field -> field.name() + " " + spoken(field.schema()))
                        .collect(Collectors.joining(", ")));
        assertEquals(schema, new Schema.Parser().parse(schema.toString()), "what a registry is given");
    }

    @Test
    void shouldCallAColumnTextWhenManyCellsAreNoNumber() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add((i < 2 ? "oops" : "" + i) + "," + (i < 1 ? "oops" : "" + i));
        }
        Schema schema = RowSchema.infer(table("many,one", rows.toArray(String[]::new)), "t", null);
        assertEquals("string", spoken(schema.getField("many").schema()));
        assertEquals("long", spoken(schema.getField("one").schema()), "that row cannot be used, and is told");
    }

    @ParameterizedTest
    @CsvSource({"temp,temp", "wind (m/s),wind_m_s", "2nd,_2nd", "größe,gr_e", "%,c7", "a_,a_", "_,c7"})
    void shouldSpellANameWhenAvroCannot(String column, String field) {
        assertEquals(field, RowSchema.fieldName(column, 7));
    }

    @Test
    void shouldRefuseTwoColumnsWhenTheyWouldBeOneField() {
        CsvException refused =
                assertThrows(CsvException.class, () -> RowSchema.infer(table("a b,a_b", "1,2"), "t", null));
        assertTrue(
                refused.getMessage().contains("'a b' and 'a_b' would both be the field 'a_b'"), refused.getMessage());
    }

    @Test
    void shouldSayWhatIsWrongWhenASchemaFileIsNotUsable() throws IOException {
        Path file = directory.resolve("row.avsc");
        assertTrue(refused(file).endsWith("does not exist"));
        Files.writeString(file, "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}");
        assertTrue(refused(file).endsWith("holds a enum, expected a record"));
        Files.writeString(file, "{\"type\":\"record\"");
        assertTrue(refused(file).contains("' is no Avro schema: "));
    }

    private static String refused(Path file) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> RowSchema.read(file))
                .getMessage());
    }

    private static String spoken(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream().map(RowSchemaTest::spoken).collect(Collectors.joining("|"))
                : schema.getLogicalType() == null
                        ? schema.getName()
                        : schema.getLogicalType().getName();
    }

    static CsvTable table(String header, String... rows) {
        return CsvTable.of(
                Path.of("rows.csv"),
                List.of(header.split(",")),
                Arrays.stream(rows).map(row -> row.split(",", -1)).toList());
    }
}
