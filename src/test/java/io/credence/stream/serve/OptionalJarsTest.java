package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.OtherJvm;
import io.credence.stream.config.CredenceConfig;
import java.util.List;
import java.util.Map;
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
        String output = OtherJvm.run(Starts.class, entry -> ABSENT.stream()
                .noneMatch(name -> entry.getFileName().toString().contains(name)));
        List<String> said = output.lines().filter(line -> line.startsWith("[")).toList();
        assertEquals(2, said.size(), output);
        assertTrue(said.get(0).contains("io.javalin:javalin"), output);
        assertTrue(!said.get(1).contains("javalin") && said.get(1).contains("registry"), output);
    }
}
