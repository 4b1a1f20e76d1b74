package io.credence.cli;

import io.credence.tool.csv.CsvOptions;
import io.credence.tool.csv.CsvReading;
import io.credence.tool.csv.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that name a table and say how it is written. */
final class TableOptions {
    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "Table of text, UTF-8 or gzip; - is standard input. How it is written is found out and told.")
    @SuppressWarnings("NullAway.Init")
    private Path csv;

    @Option(names = "--no-header", description = "The first line is data; columns are named c0, c1, …")
    private boolean noHeader;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            converter = Mark.class,
            description = "What separates cells: one character, or comma, semicolon, tab, pipe or blank. Default: what"
                    + " makes the rows agree.")
    private @Nullable Character separator;

    @Option(names = "--skip-lines", paramLabel = "N", description = "Lines before the table.")
    private int skipLines;

    @Option(names = "--comment", paramLabel = "TEXT", description = "What a line that is no row begins with.")
    private @Nullable String comment;

    @Option(
            names = "--decimal",
            paramLabel = "CHAR",
            converter = Mark.class,
            description = "Decimal mark, a point or a comma. Default: the one that some cell needs.")
    private @Nullable Character decimal;

    @Option(
            names = "--thousands",
            paramLabel = "CHAR",
            converter = Mark.class,
            description = "What stands between groups of three digits. Default: none unless some cell needs it; blanks"
                    + " and apostrophes are always understood.")
    private @Nullable Character thousands;

    @Option(
            names = "--missing",
            paramLabel = "TEXT",
            description =
                    "A text that means: no value; beside an empty cell, NA, NaN, N/A, NULL and ?. May be repeated.")
    private List<String> missing = new ArrayList<>();

    /** Reads the table. */
    CsvTable read() {
        return CsvReading.read(
                csv,
                new CsvOptions(!noHeader, separator, skipLines, comment, decimal, thousands, new HashSet<>(missing)));
    }

    /** Reads one character, or its name. */
    private static final class Mark implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            return switch (text) {
                case "comma" -> ',';
                case "semicolon" -> ';';
                case "tab", "\\t" -> '\t';
                case "pipe" -> '|';
                case "blank", "space" -> ' ';
                case "point" -> '.';
                default -> {
                    if (text.length() != 1) {
                        throw new TypeConversionException(
                                "'" + text + "' is not one character, nor comma, semicolon, tab, pipe, blank or point");
                    }
                    yield text.charAt(0);
                }
            };
        }
    }
}
