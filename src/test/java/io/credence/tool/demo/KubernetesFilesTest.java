package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.credence.stream.config.CredenceConfig;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.yaml.snakeyaml.Yaml;

/** There is no cluster where this is built: the manifests have only fields that Kubernetes knows, and name what the product has. */
final class KubernetesFilesTest {
    private static final Path DIRECTORY = Path.of("docker/kubernetes");
    private static final Path BASE = DIRECTORY.resolve("base");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Says so if an object has a field that its schema lacks, or lacks one that it must have. */
    private interface Schema {
        void validate(JsonElement object) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

    /** Of what others have added to Kubernetes, and of kustomize: the fields of its documentation that we use, as paths. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "kustomize.config.k8s.io/v1beta1 Kustomization",
            Set.of(
                    "resources",
                    "components",
                    "configMapGenerator.name",
                    "configMapGenerator.files",
                    "images.name",
                    "images.newTag",
                    "patches.target.kind",
                    "patches.target.name",
                    "patches.patch"),
            "kustomize.config.k8s.io/v1alpha1 Component",
            Set.of("resources"),
            "monitoring.coreos.com/v1 ServiceMonitor",
            Set.of(
                    "spec.endpoints.port",
                    "spec.endpoints.path",
                    "spec.endpoints.interval",
                    "spec.endpoints.authorization.type",
                    "spec.endpoints.authorization.credentials.name",
                    "spec.endpoints.authorization.credentials.key",
                    "spec.selector.matchLabels"),
            "keda.sh/v1alpha1 ScaledObject",
            Set.of(
                    "spec.scaleTargetRef.apiVersion",
                    "spec.scaleTargetRef.kind",
                    "spec.scaleTargetRef.name",
                    "spec.minReplicaCount",
                    "spec.maxReplicaCount",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.type",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.value",
                    "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.periodSeconds",
                    "spec.triggers.type",
                    "spec.triggers.metadata",
                    "spec.triggers.authenticationRef.name"),
            "keda.sh/v1alpha1 TriggerAuthentication",
            Set.of("spec.secretTargetRef.parameter", "spec.secretTargetRef.name", "spec.secretTargetRef.key"));

    @TempDir
    private Path secrets;

    @Test
    void shouldHaveOnlyFieldsThatAreKnownWhenReadByTheirSchemas() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (JsonNode object : objects(DIRECTORY)) {
            String kind = object.path("apiVersion").asText() + " "
                    + object.path("kind").asText();
            kinds.add(kind);
            if (SCHEMAS.containsKey(kind)) {
                SCHEMAS.get(kind).validate(JsonParser.parseString(object.toString()));
            } else {
                assertTrue(FIELDS.containsKey(kind), kind);
                Set<String> unknown = new TreeSet<>(paths("", object));
                unknown.removeIf(path -> path.matches("apiVersion|kind|metadata\\.(name|labels\\..*)")
                        || FIELDS.get(kind).stream()
                                .anyMatch(known -> path.equals(known) || path.startsWith(known + ".")));
                assertEquals(Set.of(), unknown, kind);
            }
        }
        Set<String> all = new TreeSet<>(SCHEMAS.keySet());
        all.addAll(FIELDS.keySet());
        assertEquals(all, kinds);
    }

    @Test
    void shouldRefuseAFieldThatKubernetesDoesNotKnow() throws IOException {
        ObjectNode set = object("StatefulSet").deepCopy();
        ((ObjectNode) set.at("/spec/template/spec/containers/0/readinessProbe/httpGet")).put("pathh", "/ready");

        assertThrows(
                IllegalArgumentException.class,
                () -> V1StatefulSet.validateJsonElement(JsonParser.parseString(set.toString())));
    }

    @Test
    void shouldListEveryFileOnceWhenKustomizeReadsThem() throws IOException {
        for (String directory : new String[] {"base", "monitoring", "autoscaling"}) {
            Path room = DIRECTORY.resolve(directory);
            JsonNode kustomization =
                    load(room.resolve("kustomization.yaml")).findFirst().orElseThrow();
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
        JsonNode pod = object("StatefulSet").at("/spec/template/spec");
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
        JsonNode container = object("StatefulSet").at("/spec/template/spec/containers/0");
        Properties written = properties(text);
        for (String key : written.stringPropertyNames()) {
            if (key.matches(".*(password|jaas\\.config|user\\.info)")) {
                assertTrue(written.getProperty(key).startsWith("${file:" + mount(container, "secrets") + "/"), key);
            }
        }
        Set<String> fields = new TreeSet<>(paths("", container.get("env")));
        assertTrue(fields.contains("valueFrom.secretKeyRef.key"), fields.toString());
        container
                .get("env")
                .forEach(variable -> assertEquals(
                        variable.get("name").asText().endsWith("TOKEN"),
                        variable.has("valueFrom"),
                        variable.toString()));
    }

    @Test
    void shouldWatchAndScaleTheGroupOfTheServiceWhenItIsAdded() throws IOException {
        CredenceConfig config =
                CredenceConfig.of(settings(object("StatefulSet").at("/spec/template/spec/containers/0")));
        JsonNode lag = object("ScaledObject").at("/spec/triggers/0/metadata");
        assertEquals(config.applicationId(), lag.get("consumerGroup").asText());
        assertEquals(config.topics().unlabelled(), lag.get("topic").asText());
        assertEquals(
                config.streams().get("bootstrap.servers"),
                lag.get("bootstrapServers").asText());
        assertEquals(
                object("StatefulSet").at("/metadata/name"),
                object("ScaledObject").at("/spec/scaleTargetRef/name"));
        JsonNode endpoint = object("ServiceMonitor").at("/spec/endpoints/0");
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

    private static JsonNode object(String kind) throws IOException {
        return objects(DIRECTORY).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> objects(Path directory) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                load(file).forEach(objects::add);
            }
        }
        return objects;
    }

    private static Stream<JsonNode> load(Path file) throws IOException {
        return StreamSupport.stream(new Yaml().loadAll(Files.readString(file)).spliterator(), false)
                .map(JSON::<JsonNode>valueToTree);
    }

    /** The fields of an object as paths, through lists. */
    private static Set<String> paths(String prefix, JsonNode node) {
        Set<String> paths = new TreeSet<>();
        if (node.isArray()) {
            node.forEach(item -> paths.addAll(paths(prefix, item)));
        } else if (node.isObject()) {
            node.fields()
                    .forEachRemaining(field -> paths.addAll(paths(
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(), field.getValue())));
        } else {
            paths.add(prefix);
        }
        return paths;
    }
}
