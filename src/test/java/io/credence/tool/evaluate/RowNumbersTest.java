package io.credence.tool.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.tool.csv.CsvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowNumbersTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadEveryNumberFormatWhenSeparatedByWhiteSpace() throws IOException {
        int[] rows = RowNumbers.read(write("3\n 0\t1.0e+00  2.000\n\n"), 4);
        assertArrayEquals(new int[] {3, 0, 1, 2}, rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "-1", "0.5", "first", "NaN", "inf"})
    void shouldNameTheNumberWhenItIsNoRow(String number) throws IOException {
        Path file = write("0 " + number);
        CsvException e = assertThrows(CsvException.class, () -> RowNumbers.read(file, 4));
        assertTrue(e.getMessage().endsWith("number 2 is '" + number + "', expected a row from 0 to 3"), e.getMessage());
    }

    @Test
    void shouldRefuseWhenTheFileIsEmptyOrMissing() throws IOException {
        Path file = write(" \n");
        assertThrows(CsvException.class, () -> RowNumbers.read(file, 4));
        assertThrows(CsvException.class, () -> RowNumbers.read(folder.resolve("none"), 4));
    }

    @Test
    void shouldRefuseWhenRowFilesAreNotPaired() throws IOException {
        Path file = write("0");
        assertThrows(IllegalArgumentException.class, () -> Split.read(List.of(file), List.of(), 4));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.txt"), text);
    }
}
