package io.credence.tool.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The manifests under {@code docker/kubernetes} as trees. */
final class Manifests {
    static final Path DIRECTORY = Path.of("docker/kubernetes");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifests() {}

    static JsonNode object(String kind) throws IOException {
        return objects().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    static List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                load(file).forEach(objects::add);
            }
        }
        return objects;
    }

    static Stream<JsonNode> load(Path file) throws IOException {
        return StreamSupport.stream(new Yaml().loadAll(Files.readString(file)).spliterator(), false)
                .map(JSON::<JsonNode>valueToTree);
    }

    /** The fields of an object as paths, through lists. */
    static Set<String> paths(String prefix, JsonNode node) {
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
