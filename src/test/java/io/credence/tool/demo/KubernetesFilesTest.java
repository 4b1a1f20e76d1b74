package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no cluster where this is built: the manifests name what the product has. */
final class KubernetesFilesTest {
    private static final Path BASE = Manifests.DIRECTORY.resolve("base");

    @TempDir
    private Path secrets;

    @Test
    void shouldListEveryFileOnceWhenKustomizeReadsThem() throws IOException {
        for (String directory : new String[] {"base", "monitoring", "autoscaling"}) {
            Path room = Manifests.DIRECTORY.resolve(directory);
            JsonNode kustomization = Manifests.load(room.resolve("kustomization.yaml"))
                    .findFirst()
                    .orElseThrow();
            Set<String> listed = new TreeSet<>(Set.of("kustomization.yaml"));
            for (JsonNode list : kustomization.findValues("resources")) {
                list.forEach(file -> listed.add(file.asText()));
            }
            kustomization.findValues("files").forEach(list -> list.forEach(file -> listed.add(file.asText())));
            listed.removeIf(file -> file.startsWith("../") && Files.isDirectory(room.resolve(file)));
            assertEquals(listed, names(room));
        }
    }

    @Test
    void shouldRunTheProductWhenTheStatefulSetIsApplied() throws IOException {
        JsonNode pod = Manifests.object("StatefulSet").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        Map<String, String> settings = settings(container);
        CredenceConfig config = CredenceConfig.of(settings);

        assertEquals("run", container.at("/args/0").asText());
        assertEquals(
                "--config=" + mount(container, "settings") + "/service.properties",
                container.at("/args/1").asText());
        Map<String, Integer> ports = new HashMap<>();
        container
                .get("ports")
                .forEach(port -> ports.put(
                        port.get("name").asText(), port.get("containerPort").asInt()));
        assertEquals(
                Map.of(
                        "health",
                        config.service().healthPort(),
                        "http",
                        config.http().port()),
                ports);
        assertEquals("0.0.0.0", config.service().healthHost());
        assertEquals("0.0.0.0", config.http().host());
        for (String probe : Set.of("startupProbe/live", "livenessProbe/live", "readinessProbe/ready")) {
            JsonNode get = container.at("/" + probe.replaceAll("/.*", "") + "/httpGet");
            assertEquals(probe.replaceAll(".*/", "/"), get.get("path").asText());
            assertEquals("health", get.get("port").asText());
        }
        // As the image has them, and as the probes of Docker ask.
        String image = Files.readString(Path.of("docker/Dockerfile"));
        assertTrue(image.contains("USER " + pod.at("/securityContext/runAsUser").asInt()));
        assertTrue(image.contains("cachedir=" + mount(container, "scratch") + "/"));
        long grace = pod.get("terminationGracePeriodSeconds").asLong() * 1000;
        assertTrue(grace >= 2 * config.service().shutdownTimeoutMs(), "grace " + grace);
        assertEquals(Set.of("credence"), Set.copyOf(config.http().names()));
    }

    @Test
    void shouldKeepSecretsInTheSecretWhenTheSettingsAreMounted() throws IOException {
        String text = Files.readString(BASE.resolve("service.properties"));
        JsonNode container = Manifests.object("StatefulSet").at("/spec/template/spec/containers/0");
        Properties written = properties(text);
        for (String key : written.stringPropertyNames()) {
            if (key.matches(".*(password|jaas\\.config|user\\.info)")) {
                assertTrue(written.getProperty(key).startsWith("${file:" + mount(container, "secrets") + "/"), key);
            }
        }
        Set<String> fields = new TreeSet<>(Manifests.paths("", container.get("env")));
        assertTrue(fields.contains("valueFrom.secretKeyRef.key"), fields.toString());
        container
                .get("env")
                .forEach(variable -> assertEquals(
                        variable.get("name").asText().endsWith("TOKEN"),
                        variable.has("valueFrom"),
                        variable.toString()));
    }

    @Test
    void shouldMakeTheSecretsThatAreMountedWhenThePageIsFollowed() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/deploy.md"));
        for (String line : page.lines()
                .filter(line -> line.startsWith("kubectl apply -k "))
                .toList()) {
            assertTrue(Files.exists(Path.of(line.substring("kubectl apply -k ".length()), "kustomization.yaml")), line);
        }
        JsonNode container = Manifests.object("StatefulSet").at("/spec/template/spec/containers/0");
        Properties written = properties(Files.readString(BASE.resolve("service.properties")));
        for (Object value : written.values()) {
            String text = value.toString().replaceAll("^\\$\\{file:|}$", "");
            if (text.startsWith(mount(container, "secrets"))) {
                String[] file =
                        text.substring(mount(container, "secrets").length() + 1).split(":");
                assertTrue(page.contains("--from-file=" + file[0]), text);
                assertTrue(file.length == 1 || page.contains("\n" + file[1] + "="), text);
            }
        }
        assertTrue(page.contains("--from-literal=http-token="));
        for (JsonNode key : Manifests.object("TriggerAuthentication").findValues("key")) {
            assertTrue(
                    page.contains("--from-literal=" + key.asText() + "=") || page.contains("=" + key.asText() + "\n"));
        }
    }

    @Test
    void shouldWatchAndScaleTheGroupOfTheServiceWhenItIsAdded() throws IOException {
        CredenceConfig config =
                CredenceConfig.of(settings(Manifests.object("StatefulSet").at("/spec/template/spec/containers/0")));
        JsonNode lag = Manifests.object("ScaledObject").at("/spec/triggers/0/metadata");
        assertEquals(config.applicationId(), lag.get("consumerGroup").asText());
        assertEquals(config.topics().unlabelled(), lag.get("topic").asText());
        assertEquals(
                config.streams().get("bootstrap.servers"),
                lag.get("bootstrapServers").asText());
        assertEquals(
                Manifests.object("StatefulSet").at("/metadata/name"),
                Manifests.object("ScaledObject").at("/spec/scaleTargetRef/name"));
        JsonNode endpoint = Manifests.object("ServiceMonitor").at("/spec/endpoints/0");
        assertEquals("/metrics", endpoint.get("path").asText());
        assertEquals("http", endpoint.get("port").asText());
    }

    /** The settings that the container finds, with secrets of our own. */
    private Map<String, String> settings(JsonNode container) throws IOException {
        Path file = Files.writeString(secrets.resolve("secrets.properties"), """
                jaas=org.apache.kafka.common.security.scram.ScramLoginModule required username="u" password="p";
                trusted=p
                registry=u:p
                """);
        String text = Files.readString(BASE.resolve("service.properties"))
                .replace(mount(container, "secrets") + "/secrets.properties", file.toString());
        Map<String, String> settings = new LinkedHashMap<>();
        Properties written = properties(text);
        written.stringPropertyNames().forEach(key -> settings.put(key, written.getProperty(key)));
        container
                .get("env")
                .forEach(variable -> settings.put(
                        variable.get("name").asText().toLowerCase(Locale.ROOT).replace('_', '.'),
                        variable.has("value") ? variable.get("value").asText() : "a token of sixteen letters"));
        return settings;
    }

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }

    private static String mount(JsonNode container, String volume) {
        return StreamSupport.stream(container.get("volumeMounts").spliterator(), false)
                .filter(mount -> mount.get("name").asText().equals(volume))
                .map(mount -> mount.get("mountPath").asText())
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
