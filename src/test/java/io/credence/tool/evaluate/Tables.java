package io.credence.tool.evaluate;

import io.credence.tool.csv.CsvTable;
import java.nio.file.Path;
import java.util.List;

/** Tables written in a test. */
final class Tables {
    private Tables() {}

    static CsvTable of(String header, List<String> rows) {
        return CsvTable.of(
                Path.of("table.csv"),
                List.of(header.split(",")),
                rows.stream().map(row -> row.split(",", -1)).toList());
    }
}
