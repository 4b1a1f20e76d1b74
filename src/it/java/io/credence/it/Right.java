package io.credence.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * An entry of the tables of rights on the page for operators.
 *
 * @param name of the resource, or what it begins with; settings in it are written as {@code <key>}
 */
public record Right(ResourceType type, PatternType pattern, String name, AclOperation operation) {
    private static final Path PAGE = Path.of("src/site/markdown/operations.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-Z_]+) \\| ([A-Z]+) \\| (`[^|]+`) \\| ([A-Z_]+) \\| [^|]+ \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern KEY = Pattern.compile("<([a-z.]+)>");

    /**
     * The entries of a table on the page.
     *
     * @param table its name in the comments around it
     */
    public static List<Right> onThePage(String table) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- " + table + ": begin -->";
        String end = "<!-- " + table + ": end -->";
        String rows = page.substring(page.indexOf(begin) + begin.length(), page.indexOf(end));
        long lines = rows.lines().filter(line -> line.startsWith("| ")).count();
        List<MatchResult> read = ROW.matcher(rows).results().toList();
        // Heading and rule.
        if (read.size() != lines - 2) {
            throw new IOException("a row of the table '" + table + "' on " + PAGE + " cannot be read");
        }
        return read.stream().flatMap(Right::of).toList();
    }

    private static Stream<Right> of(MatchResult row) {
        return NAME.matcher(row.group(3))
                .results()
                .map(name -> new Right(
                        ResourceType.valueOf(row.group(1)),
                        PatternType.valueOf(row.group(2)),
                        name.group(1),
                        AclOperation.valueOf(row.group(4))));
    }

    /** Whether it is what a broker's line of log says was denied. */
    public boolean isDenied(String line) {
        String resource = type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
        String end = pattern == PatternType.LITERAL ? " " : "";
        return line.contains("operation = " + operation + " ")
                && line.contains("resource = " + resource + ":LITERAL:" + name + end);
    }

    /** The entry of one service. */
    public Right of(Map<String, ?> settings) {
        String resolved = KEY.matcher(name)
                .replaceAll(key ->
                        Matcher.quoteReplacement(settings.get(key.group(1)).toString()));
        return new Right(type, pattern, resolved, operation);
    }

    @Override
    public String toString() {
        return operation + " on " + type + " " + pattern + " " + name;
    }
}
