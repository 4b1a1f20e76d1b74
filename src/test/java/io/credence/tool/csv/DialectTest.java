package io.credence.tool.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as spreadsheets, databases and statistics programs write them. */
final class DialectTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepBlanksAndEmptyCellsWhenTabsSeparate() {
        CsvTable table = read("air temp\thum\tsite\tkwh\n22.3\t\tSan Jose\t66\n21.1\t45.6\tLyon\t62\n");

        assertEquals(List.of("air temp", "hum", "site", "kwh"), table.columns());
        assertNull(table.text(0, 1));
        assertEquals("San Jose", table.text(0, 2));
        assertNull(table.fault(0));
    }

    @Test
    void shouldFindSemicolonsWhenAHeaderCellHasAComma() {
        CsvTable table = read("temp;site, town;kwh\n22.3;Bergen;66\n21.1;Lyon;62\n");

        assertEquals(List.of("temp", "site, town", "kwh"), table.columns());
    }

    @Test
    void shouldFindPipesWhenCellsHaveBlanksAndCommas() {
        CsvTable table = read("temp|site|load kwh\n22.3|San Jose, CA|66\n21.1|Lyon, FR|62\n");

        assertEquals(List.of("temp", "site", "load kwh"), table.columns());
        assertEquals("San Jose, CA", table.text(0, 1));
    }

    @Test
    void shouldReadDecimalCommasWhenSemicolonsSeparate() {
        CsvTable table = read("Temp;Site;kWh;;\n22,31;Bergen;66,03;;\n-4,88;Lyon;1.234,5;;\n0,5;Lyon;1.234;;\n");

        assertEquals(List.of("Temp", "Site", "kWh"), table.columns());
        assertEquals(22.31, table.value(table.text(0, 0)));
        assertEquals(-4.88, table.value(table.text(1, 0)));
        assertEquals(1234.5, table.value(table.text(1, 2)));
        assertEquals(1234.0, table.value(table.text(2, 2)));
    }

    @Test
    void shouldReadDecimalCommasWhenBlanksSeparate() {
        CsvTable table = read("a b c\n22,31 1,5 3\n21,1 2,5 4\n");

        assertEquals(22.31, table.value(table.text(0, 0)));
        assertEquals(List.of("a", "b", "c"), table.columns());
    }

    @Test
    void shouldReadGroupsOfThousandsWhenACellNeedsThem() {
        CsvTable table = read("a,b\n\"1,234.5\",\"1,000\"\n12.25,\"2,500\"\n");

        assertEquals(1234.5, table.value(table.text(0, 0)));
        assertEquals(1000.0, table.value(table.text(0, 1)));
    }

    @Test
    void shouldNotGuessWhenACommaMayBeEither() {
        CsvTable table = read("a;b\n1,234;5\n2,345;6\n");

        assertEquals("1_234", table.value(table.text(0, 0)));
        assertEquals(
                1.234, read("a;b\n1,234;5\n2,345;6\n", with(null, ',', null)).number("1,234"));
        assertEquals(
                1234.0, read("a;b\n1,234;5\n2,345;6\n", with(null, null, ',')).number("1,234"));
    }

    @Test
    void shouldReadTheNumberWhenItHasAUnitOrAnUnusualSign() {
        CsvTable table = read("a,b\n1.5,2\n2.5,3\n");

        assertEquals(45.0, table.number("45%"));
        assertEquals(45.5, table.number("45.5 %"));
        assertEquals(12.5, table.number("$12.5"));
        assertEquals(-12.5, table.number("-€12.5"));
        assertEquals(12.5, table.number("12.5€"));
        assertEquals(-4.88, table.number("−4.88"));
        assertEquals(1234567.0, table.number("1 234 567"));
        assertEquals(1234567.0, table.number("1\u202f234\u00a0567"));
        assertEquals(1234567.5, table.number("1'234'567.5"));
        assertNull(table.number("12 34"));
        assertNull(table.number("1e5m"));
        assertNull(table.number("-"));
        assertNull(table.number("%"));
    }

    @Test
    void shouldCutTheLastSeparatorWhenOnlyRowsHaveIt() {
        CsvTable table = read("temp;kwh\r\n22.3;66;\r\n21.1;62;\r\n");

        assertEquals(List.of("temp", "kwh"), table.columns());
        assertNull(table.fault(0));
    }

    @Test
    void shouldSkipWhatStandsAboveTheTableWhenItIsAComment() {
        CsvTable table = read("# station 7; hourly means\n# retrieved, today\n\ntemp,kwh\n22.3,66\n");

        assertEquals(List.of("temp", "kwh"), table.columns());
        assertTrue(table.place(0).endsWith("(line 5)"), table.place(0));
    }

    @Test
    void shouldSkipWhatStandsAboveTheTableWhenItHasAnotherShape() {
        CsvTable table = read("Report of station 7\nunit, kWh\n\ntemp,hum,kwh\n22.3,1,66\n21.3,2,65\n20.3,3,64\n");

        assertEquals(List.of("temp", "hum", "kwh"), table.columns());
        assertEquals(3, table.size());
    }

    @Test
    void shouldTakeTheSeparatorWhenTheFirstLineSaysIt() {
        CsvTable table = read("sep=;\na;b\n1;2\n");

        assertEquals(List.of("a", "b"), table.columns());
        assertTrue(table.place(0).endsWith("(line 3)"), table.place(0));
    }

    @Test
    void shouldKeepOneNameWhenAHeaderCellHasALineBreak() {
        CsvTable table = read("\"temp\n(degC)\",kwh\n22.3,66\n");

        assertEquals(List.of("temp (degC)", "kwh"), table.columns());
    }

    @Test
    void shouldKeepSignsWhenNamesDifferOnlyByThem() {
        assertEquals(
                List.of("load<20", "load>20"), read("load<20,load>20\n1,2\n").columns());
    }

    @Test
    void shouldReadQuotesWhenTheyAreEscapedByABackslash() {
        CsvTable table = read("temp,note,kwh\n22.3,\"pipe 16\\\" wide, long\",66\n21.1,\"pipe 6\\\" wide\",62\n");

        assertEquals("pipe 16\" wide, long", table.text(0, 1));
        assertEquals("62", table.text(1, 2));
    }

    @Test
    void shouldReadTheCellWhenABlankStandsBeforeAQuote() {
        assertEquals("a, b", read("x,y\n1, \"a, b\"\n2, \"c\"\n").text(0, 1));
    }

    @Test
    void shouldLeaveOutRowNamesWhenRWroteThem() {
        CsvTable table = read("\"temp\" \"site\"\n\"1\" 22.3 \"San Jose\"\n\"2\" 21.1 \"Lyon\"\n");

        assertEquals(List.of("temp", "site"), table.columns());
        assertEquals("22.3", table.text(0, 0));
        assertEquals("San Jose", table.text(0, 1));
    }

    @Test
    void shouldReadAttributesWhenTheFileIsArff() {
        CsvTable table = read("% a comment\n@RELATION x\n\n@ATTRIBUTE temp NUMERIC\n@attribute 'the site' {a,b}\n"
                + "@DATA\n22.3,'a'\n?,b\n");

        assertEquals(List.of("temp", "the site"), table.columns());
        assertEquals("a", table.text(0, 1));
        assertNull(table.text(1, 0));
        assertTrue(table.place(0).endsWith("(line 7)"), table.place(0));
    }

    @Test
    void shouldSayWhyWhenArffIsSparse() {
        CsvException e =
                assertThrows(CsvException.class, () -> read("@relation x\n@attribute a numeric\n@data\n{0 1}\n"));

        assertTrue(e.getMessage().contains("sparse ARFF"), e.getMessage());
    }

    @Test
    void shouldReadTheTextWhenItIsPackedOrInUtf16() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("a,b\n1,ü\n".getBytes(StandardCharsets.UTF_8));
        }

        assertEquals("ü", read(packed.toByteArray(), CsvOptions.NONE).text(0, 1));
        assertEquals(
                "ü",
                read("\uFEFFa,b\n1,ü\n".getBytes(StandardCharsets.UTF_16LE), CsvOptions.NONE)
                        .text(0, 1));
    }

    @Test
    void shouldDoAsTheUserSaysWhenOptionsAreGiven() {
        CsvOptions options = new CsvOptions(true, '~', 1, "//", null, null, Set.of("none", "-999"));

        CsvTable table = read("anything, at all\na~b\n// not a row\n1~none\n-999~2\n", options);

        assertEquals(List.of("a", "b"), table.columns());
        assertEquals(2, table.size());
        assertNull(table.text(0, 1));
        assertNull(table.text(1, 0));
        assertTrue(table.place(0).endsWith("(line 4)"), table.place(0));
    }

    @Test
    void shouldTellWhatItDecidedWhenTheTableIsUnusual() {
        CsvTable table = read("# a\nx;y\n1,5;2\n2,5;3\n");

        assertEquals(
                List.of(
                        "skipped 1 comment line(s) before the table",
                        "cells are separated by semicolons",
                        "numbers are read with a decimal comma"),
                table.notes());
        assertEquals(List.of(), read("a,b\n1,2\n").notes());
    }

    private static CsvOptions with(Character separator, Character decimal, Character thousands) {
        return new CsvOptions(true, separator, 0, null, decimal, thousands, Set.of());
    }

    private CsvTable read(String text) {
        return read(text, CsvOptions.NONE);
    }

    private CsvTable read(String text, CsvOptions options) {
        return read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private CsvTable read(byte[] bytes, CsvOptions options) {
        try {
            return CsvReading.read(Files.write(folder.resolve("table"), bytes), options);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
