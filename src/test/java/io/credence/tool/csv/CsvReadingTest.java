package io.credence.tool.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReadingTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadQuotedCellsWhenCommasSeparate() throws IOException {
        CsvTable table = read("\uFEFFname, size,\"wind (m/s)\"\n\"a, b\", 1.5 ,\n\nc,2,NA\r\n", true);
        assertEquals(List.of("name", "size", "wind (m/s)"), table.columns());
        assertEquals(2, table.size());
        assertEquals("a, b", table.text(0, 0));
        assertEquals("1.5", table.text(0, 1));
        assertNull(table.text(0, 2));
        assertNull(table.text(1, 2));
    }

    @Test
    void shouldNumberColumnsWhenWhiteSpaceSeparatesAndThereIsNoHeader() throws IOException {
        CsvTable table = read("  -1.5e-02 \t 3 \n\n4  5\t\n\n", false);
        assertEquals(List.of("c0", "c1"), table.columns());
        assertEquals(2, table.size());
        assertEquals("-1.5e-02", table.text(0, 0));
        assertEquals("5", table.text(1, 1));
    }

    @Test
    void shouldReadSemicolonsWhenTheFirstLineHasNoComma() throws IOException {
        assertEquals("2", read("a;b\n1;2\n", true).text(0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "na", "NaN", "nan", "?"})
    void shouldBeMissingWhenTheCellSaysSo(String cell) throws IOException {
        assertNull(read("a,b\n1," + cell + "\n", true).text(0, 1));
    }

    @Test
    void shouldKeepTheRowAndTellItsFaultWhenItHasTooFewCells() throws IOException {
        CsvTable table = read("a,b,c\n1,2,3\n4,5\n", true);
        assertNull(table.fault(0));
        assertEquals("it has 2 cells, expected 3", table.fault(1));
        assertTrue(table.place(1).endsWith("row 1 (line 3)"), table.place(1));
    }

    @Test
    void shouldNameFileWhenItDoesNotExist() {
        fails(folder.resolve("none.csv"), true, "none.csv' does not exist");
    }

    @Test
    void shouldSayEmptyWhenThereIsNothing() throws IOException {
        fails(write("\n \n"), true, "is empty");
    }

    @Test
    void shouldSayNoRowsWhenThereIsOnlyAHeader() throws IOException {
        fails(write("a,b\n"), true, "has a header and no rows");
    }

    @Test
    void shouldAskForNoHeaderWhenTheFirstLineHoldsNumbers() throws IOException {
        fails(write("1,2\n3,4\n"), true, "--no-header");
    }

    @Test
    void shouldNameTheColumnWhenTwoHaveTheSameName() throws IOException {
        fails(write("a,b,a\n1,2,3\n"), true, "two columns named 'a'");
    }

    @Test
    void shouldSayCannotBeReadWhenAQuoteNeverEnds() throws IOException {
        fails(write("a,b\n\"1,2\n"), true, "cannot be read");
    }

    @Test
    void shouldSayNotTextWhenBytesAreNotUtf8() throws IOException {
        Path file = folder.resolve("bytes.csv");
        Files.write(file, new byte[] {'a', ',', 'b', '\n', (byte) 0xff, (byte) 0xfe});
        fails(file, true, "is not UTF-8 text");
    }

    @Test
    void shouldListColumnsWhenOneIsUnknown() throws IOException {
        CsvTable table = read("a,b\n1,2\n", true);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> table.column("c"));
        assertTrue(e.getMessage().endsWith("has no column 'c'; its columns are a, b"), e.getMessage());
    }

    private static void fails(Path file, boolean header, String expected) {
        CsvException e = assertThrows(
                CsvException.class, () -> CsvReading.read(file, header ? CsvOptions.NONE : CsvOptions.NO_HEADER));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    private CsvTable read(String text, boolean header) throws IOException {
        return CsvReading.read(write(text), header ? CsvOptions.NONE : CsvOptions.NO_HEADER);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text);
    }
}
