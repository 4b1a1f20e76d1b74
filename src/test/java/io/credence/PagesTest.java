package io.credence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the pages point to exists: other pages and their sections, files, classes, keys, and the menu's entries. */
final class PagesTest {
    private static final Path SITE = Path.of("src/site/markdown");
    private static final Path RESOURCES = Path.of("src/site/resources");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern MENU = Pattern.compile("href=\"([^\"]+)\\.html\"");

    /** A class, perhaps with its room or package before it and one of its methods behind it. */
    private static final Pattern CLASS =
            Pattern.compile("((?:[a-z][a-z0-9]*\\.)*)([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w*))?(?:\\(.*\\))?");

    private static final Pattern FILE = Pattern.compile("(?:src|schemas|docker|\\.ci|\\.github)/[\\w./-]+");
    private static final Pattern KEY = Pattern.compile("(credence\\.[a-z.]+[a-z])(?:=.*)?");

    /** What looks like a class of ours and is one of the JDK, of Avro, of Kafka or of Confluent, or is none. */
    private static final Set<String> OF_OTHERS = Set.of(
            "CharSequence",
            "ConfigDef",
            "Float",
            "GenericEnumSymbol",
            "GenericRecord",
            "Instant",
            "LogAndContinueProcessingExceptionHandler",
            "NaN",
            "OutputStream",
            "RecordNameStrategy",
            "StrictMath",
            "TopicNameStrategy",
            "TopicRecordNameStrategy");

    @Test
    void shouldFindEveryPageAndSectionWhenALinkIsFollowed() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : all(LINK, prose(page), 1)) {
                if (!link.contains(":") && !leads(page, link)) {
                    broken.add(page + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken, "links that lead nowhere, or from the site to a file that is not on it");
    }

    @Test
    void shouldFindEveryClassAndMethodWhenAPageNamesIt() throws IOException {
        List<Path> sources = files(Path.of("src"), ".java");
        String schemas =
                files(Path.of("schemas"), ".avsc").stream().map(PagesTest::read).collect(Collectors.joining());
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult named : CODE.matcher(prose(page)).results().toList()) {
                MatchResult parts =
                        CLASS.matcher(named.group(1)).results().findFirst().orElse(null);
                if (parts == null || !parts.group().equals(named.group(1)) || OF_OTHERS.contains(parts.group(2))) {
                    continue;
                }
                String file = "/" + parts.group(1).replace('.', '/') + parts.group(2) + ".java";
                boolean known = sources.stream()
                        .filter(source -> source.toString().replace('\\', '/').endsWith(file))
                        .anyMatch(
                                source -> parts.group(3) == null || read(source).contains(" " + parts.group(3) + "("));
                if (!known && !schemas.contains("\"name\": \"" + parts.group(2) + "\"")) {
                    unknown.add(page + ": " + named.group(1));
                }
            }
        }
        assertEquals(List.of(), unknown, "classes and methods that are not in the sources");
    }

    @Test
    void shouldFindEveryFileAndKeyWhenAPageNamesIt() throws IOException {
        Set<String> keys = CredenceConfig.definition().configKeys().keySet();
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            for (String code : all(CODE, prose(page), 1)) {
                boolean file = FILE.matcher(code).matches();
                boolean key = KEY.matcher(code).matches()
                        && !code.startsWith("credence.dlq.")
                        && !code.equals("credence.past");
                if (file && !Files.exists(Path.of(code)) || key && !keys.contains(code.replaceAll("=.*", ""))) {
                    unknown.add(page + ": " + code);
                }
            }
        }
        assertEquals(List.of(), unknown, "files and configuration keys that do not exist");
    }

    @Test
    void shouldListEveryPageWhenTheMenuIsRead() throws IOException {
        List<String> listed = all(MENU, Files.readString(Path.of("src/site/site.xml")), 1);
        List<String> missing = new ArrayList<>();
        String decisions = read(SITE.resolve("decisions/index.md"));
        for (Path page : files(SITE, ".md")) {
            String name = SITE.relativize(page).toString().replace('\\', '/');
            boolean inTheMenu = listed.contains(name.substring(0, name.length() - 3));
            boolean inTheIndex = decisions.contains("(" + page.getFileName() + ")");
            if (!inTheMenu && !inTheIndex) {
                missing.add(name);
            }
        }
        assertEquals(List.of(), missing, "pages that neither site.xml nor the index of decisions lists");
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        boolean leavesTheSite = page.startsWith(SITE) && !target.startsWith(SITE);
        if (page.startsWith(SITE) && parts[0].startsWith("images/")) {
            return Files.exists(RESOURCES.resolve(parts[0]));
        }
        return Files.exists(target)
                && !leavesTheSite
                && (parts.length == 1
                        || all(HEADING, read(target), 1).stream()
                                .map(PagesTest::anchor)
                                .anyMatch(parts[1]::equals));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(SITE, ".md"));
        pages.add(Path.of("README.md"));
        pages.add(Path.of("CONTRIBUTING.md"));
        pages.add(Path.of("CHANGELOG.md"));
        return pages;
    }

    private static String prose(Path page) {
        return FENCE.matcher(read(page)).replaceAll("");
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map(match -> match.group(group)).toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
