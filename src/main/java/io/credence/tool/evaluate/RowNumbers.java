package io.credence.tool.evaluate;

import io.credence.tool.csv.CsvException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads a row file: zero-based row numbers in any number format ({@code 1}, {@code 1.0e+00}), separated by white space. */
final class RowNumbers {
    private RowNumbers() {}

    /**
     * @param rows the table's number of rows
     * @throws CsvException if the file cannot be read, is empty, or a number is not one of a row
     */
    static int[] read(Path file, int rows) {
        StringTokenizer tokens = new StringTokenizer(text(file));
        int[] numbers = new int[tokens.countTokens()];
        for (int i = 0; i < numbers.length; i++) {
            String token = tokens.nextToken();
            Double number = number(token);
            if (number == null || number != Math.rint(number) || number < 0 || number >= rows) {
                throw new CsvException("row file '" + file + "' number " + (i + 1) + " is '" + token
                        + "', expected a row from 0 to " + (rows - 1));
            }
            numbers[i] = number.intValue();
        }
        if (numbers.length == 0) {
            throw new CsvException("row file '" + file + "' is empty");
        }
        return numbers;
    }

    private static @Nullable Double number(String token) {
        try {
            return Double.valueOf(token);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CsvException("row file '" + file + "' does not exist");
        } catch (MalformedInputException e) {
            throw new CsvException("row file '" + file + "' is not UTF-8 text");
        } catch (IOException e) {
            throw new CsvException("row file '" + file + "' cannot be read: " + e.getMessage());
        }
    }
}
