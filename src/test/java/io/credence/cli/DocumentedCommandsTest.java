package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What our documents and container files tell people to type. */
class DocumentedCommandsTest {
    private static final Pattern SET = Pattern.compile("--set[ =]([\\w.]+)=([^\\s`\"']*)");
    private static final Pattern REGISTRY = Pattern.compile("--(registry|bootstrap)[ =]([^\\s`\"']*)");

    @Test
    void shouldPutNoSecretOnACommandLineWhereverOneIsShown() throws IOException {
        int shown = 0;
        for (Path file : documents()) {
            String text = Files.readString(file);
            Matcher set = SET.matcher(text);
            while (set.find()) {
                shown++;
                Map<String, String> override = Map.of(set.group(1), set.group(2));
                assertDoesNotThrow(() -> Secrets.refuseOnCommandLine(override), file + ": " + set.group());
            }
            Matcher address = REGISTRY.matcher(text);
            while (address.find()) {
                Map<String, String> override = Map.of("address", address.group(2));
                assertDoesNotThrow(() -> Secrets.refuseOnCommandLine(override), file + ": " + address.group());
            }
        }
        assertTrue(shown >= 4, "only " + shown + " were found");
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        for (String root : List.of("src/site", "docker", "src/examples")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file ->
                                file.toString().matches(".*(\\.md|\\.ya?ml|Dockerfile|\\.java|\\.properties|\\.sh)"))
                        .forEach(documents::add);
            }
        }
        return documents;
    }
}
