package io.credence.tool.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Tables written in a test. */
final class Tables {
    private Tables() {}

    static CsvTable of(String header, List<String> rows) {
        return new CsvTable(
                Path.of("table.csv"),
                List.of(header.split(",")),
                rows.stream().map(row -> row.split(",", -1)).toList(),
                LongStream.range(0, rows.size()).mapToObj(i -> i + 2).toList());
    }
}
