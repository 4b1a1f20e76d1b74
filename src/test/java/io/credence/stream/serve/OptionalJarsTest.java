package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A program that embeds the service has no web library unless it wants one. */
final class OptionalJarsTest {
    private static final List<String> ABSENT =
            List.of("javalin", "jetty", "kotlin", "micrometer", "prometheus", "uplot");

    /** Starts a service with a port and one without; neither finds a registry. */
    static final class Starts {
        private Starts() {}

        public static void main(String[] args) {
            for (String port : new String[] {"0", ""}) {
                Map<String, Object> settings = TopicPlanTest.settings(
                        "schema.registry.url", "http://127.0.0.1:1", "credence.startup.timeout.ms", "1");
                if (!port.isEmpty()) {
                    settings.put("credence.http.port", port);
                }
                try (CredenceService service = new CredenceService(CredenceConfig.of(settings))) {
                    service.start();
                } catch (StartupException e) {
                    System.out.println("[" + e.getMessage() + "]");
                }
            }
        }
    }

    @Test
    void shouldNameTheLibraryOnlyWhenItIsNeeded() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> ABSENT.stream()
                        .noneMatch(
                                name -> Path.of(entry).getFileName().toString().contains(name)))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath,
                        Starts.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> said = output.lines().filter(line -> line.startsWith("[")).toList();
        assertEquals(2, said.size(), output);
        assertTrue(said.get(0).contains("io.javalin:javalin"), output);
        assertTrue(!said.get(1).contains("javalin") && said.get(1).contains("registry"), output);
    }
}
