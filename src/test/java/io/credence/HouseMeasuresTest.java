package io.credence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The measures of a file: none is long, and under {@code src/main/java} none is a crumb that one other file uses.
 *
 * <p>A crumb has at most {@value #CRUMB} lines, counted without blank lines, comments, package and imports. A file uses
 * another if its code, strings included, has the name as a word.
 */
class HouseMeasuresTest {
    private static final int LONGEST = 300;
    private static final int CRUMB = 20;
    private static final Pattern COMMENT =
            Pattern.compile("^\\s*(/\\*.*?\\*/|//[^\\n]*)", Pattern.MULTILINE | Pattern.DOTALL);

    /** The crumbs that may stay, each with its reason. */
    private static final Map<String, String> MAY_STAY = Map.of(
            "Internal", "an annotation",
            "TopologyCommand", "a command of the command line, as its sisters are");

    private static final Map<String, List<String>> LINES = new TreeMap<>();
    private static final Map<String, String> CODE = new TreeMap<>();

    @BeforeAll
    static void readTheSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(HouseMeasuresTest::read);
        }
    }

    private static void read(Path file) {
        try {
            String text = Files.readString(file);
            String name = file.getFileName().toString().replace(".java", "");
            LINES.put(file.toString(), text.lines().toList());
            if (file.startsWith("src/main/java") && !name.equals("package-info")) {
                CODE.put(name, code(text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(String text) {
        return COMMENT.matcher(text)
                .replaceAll("")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("package ") && !line.startsWith("import "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void shouldHaveNoFileOfMoreThan300Lines() {
        Map<String, Integer> tooLong = new TreeMap<>();
        LINES.forEach((file, lines) -> {
            if (lines.size() > LONGEST) {
                tooLong.put(file, lines.size());
            }
        });
        assertEquals(Map.of(), tooLong, "split these");
    }

    @Test
    void shouldHaveNoCrumbThatOneFileUses() {
        Map<String, List<String>> crumbs = new TreeMap<>();
        CODE.forEach((name, code) -> {
            List<String> users = users(name);
            if (code.lines().count() <= CRUMB && users.size() <= 1 && !MAY_STAY.containsKey(name)) {
                crumbs.put(name, users);
            }
        });
        assertEquals(Map.of(), crumbs, "move each into the file that uses it");
    }

    @Test
    void shouldExcuseOnlyWhatIsStillACrumb() {
        TreeSet<String> stale = new TreeSet<>(MAY_STAY.keySet());
        stale.removeIf(name -> CODE.containsKey(name)
                && CODE.get(name).lines().count() <= CRUMB
                && users(name).size() <= 1);
        assertEquals(new TreeSet<>(), stale, "take these off the list of crumbs that may stay");
    }

    private static List<String> users(String name) {
        Pattern word = Pattern.compile("\\b" + name + "\\b");
        return CODE.entrySet().stream()
                .filter(other -> !other.getKey().equals(name))
                .filter(other -> word.matcher(other.getValue()).find())
                .map(Map.Entry::getKey)
                .toList();
    }
}
