package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** There may be no container engine where this is built: the files are at least what they must be. */
final class ContainerFilesTest {
    @Test
    void shouldStartEveryServiceInOrderAndBoundedWhenComposed() throws IOException {
        JsonNode services = compose().get("services");
        List<String> names = new ArrayList<>();
        services.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("broker", "registry", "credence", "feeder", "prometheus", "grafana"), names);
        for (JsonNode service : services) {
            assertTrue(service.get("mem_limit").textValue().matches("\\d+[mg]"));
            assertNotNull(service.get("healthcheck") == null ? service.get("build") : service.get("healthcheck"));
            for (JsonNode needed : service.path("depends_on")) {
                assertEquals("service_healthy", needed.get("condition").textValue());
            }
            service.path("depends_on").fieldNames().forEachRemaining(n -> assertTrue(names.contains(n), n));
        }
        assertEquals(3, services.get("feeder").get("depends_on").size());
    }

    @Test
    void shouldRunTheDemosOwnConfigurationWhenComposed() throws IOException {
        JsonNode service = compose().get("services").get("credence");
        Map<String, String> settings = Demo.settings("broker:9092", "http://registry:8081");
        settings.forEach((key, value) -> {
            if (key.equals("bootstrap.servers") || key.equals("schema.registry.url")) {
                assertTrue(texts(service.get("command")).contains("--set=" + key + "=" + value), key);
            }
        });
        assertEquals("bike-labelled", CredenceConfig.of(settings).topics().labelled());
        String dockerfile = Files.readString(Path.of("docker/Dockerfile"));
        assertTrue(dockerfile.contains("src/main/resources/demo/demo.properties demo.properties"));
        assertTrue(texts(service.get("command")).contains("--config=/opt/credence/demo.properties"));
    }

    @Test
    void shouldNotRunAsRootAndPinNativeThreadsWhenBuilt() throws IOException {
        String dockerfile = Files.readString(Path.of("docker/Dockerfile"));
        for (String line : List.of(
                "USER 10001",
                "OMP_NUM_THREADS=1",
                "OPENBLAS_NUM_THREADS=1",
                "-XX:MaxRAMPercentage=",
                "-Dorg.bytedeco.javacpp.maxbytes=",
                "HEALTHCHECK",
                "/ready")) {
            assertTrue(dockerfile.contains(line), line);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.textValue()));
        return texts;
    }

    /** SnakeYAML resolves anchors and merge keys; the tree is easier to read. */
    private static JsonNode compose() throws IOException {
        Object loaded = new Yaml().load(Files.readString(Path.of("docker/compose.yaml")));
        return new ObjectMapper().valueToTree(loaded);
    }
}
