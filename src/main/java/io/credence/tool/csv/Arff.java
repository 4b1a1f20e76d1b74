package io.credence.tool.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weka's attribute-relation file format: a header of {@code @attribute} lines, and rows of commas after {@code @data}.
 *
 * @param columns names of the attributes
 * @param data the rows, with as many blank lines before them as the header has
 */
record Arff(List<String> columns, String data) {
    private static final Pattern BEGIN =
            Pattern.compile("(?:\\s*(?:%[^\\n]*)?\\n)*\\s*@relation\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "\\s*@attribute\\s+(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))\\s+\\S.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA = Pattern.compile("(?m)^\\s*@data\\s*$", Pattern.CASE_INSENSITIVE);

    static boolean is(String text) {
        return BEGIN.matcher(text.substring(0, Math.min(text.length(), 65_536))).matches();
    }

    /** @throws IOException saying what is not understood */
    static Arff of(String text) throws IOException {
        Matcher data = DATA.matcher(text);
        if (!data.find()) {
            throw new IOException("it is ARFF without a line @data");
        }
        List<String> columns = new ArrayList<>();
        for (String line : text.substring(0, data.start()).lines().toList()) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (attribute.matches()) {
                String name = attribute.group(1) != null
                        ? attribute.group(1)
                        : attribute.group(2) != null ? attribute.group(2) : attribute.group(3);
                columns.add(CsvReading.name(name.replace("\\", "")));
            }
        }
        String rows = text.substring(data.end());
        if (rows.stripLeading().startsWith("{")) {
            throw new IOException("it is sparse ARFF, which is not understood: write it with all cells");
        }
        StringBuilder kept = new StringBuilder();
        text.substring(0, data.end()).lines().forEach(line -> kept.append('\n'));
        rows.lines().skip(1).forEach(line -> kept.append(line.startsWith("%") ? "" : line.replace('\'', '"'))
                .append('\n'));
        return new Arff(columns, kept.toString());
    }
}
