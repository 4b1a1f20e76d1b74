package io.credence.stream.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schema reads what its last released form wrote. */
class SchemaCompatibilityTest {
    private static final Path CURRENT = Path.of("schemas");
    private static final Path RELEASED = Path.of("src/test/resources/schemas/released");

    static Stream<String> schemas() throws IOException {
        return names(CURRENT).stream();
    }

    @Test
    void shouldHaveTheSameSchemasAsTheLastRelease() throws IOException {
        assertEquals(names(RELEASED), names(CURRENT), "a new schema needs its released form, a released one must stay");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldReadWhatTheReleasedFormWrote(String name) throws IOException {
        Schema current = parse(CURRENT.resolve(name));
        Schema released = parse(RELEASED.resolve(name));
        var result = SchemaCompatibility.checkReaderWriterCompatibility(current, released);
        assertEquals(SchemaCompatibilityType.COMPATIBLE, result.getType(), result::getDescription);
        assertEquals(released.getFullName(), current.getFullName());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldDocumentEveryTypeAndField(String name) throws IOException {
        documented(parse(CURRENT.resolve(name)), name);
    }

    private static void documented(Schema schema, String at) {
        switch (schema.getType()) {
            case RECORD -> {
                assertTrue(schema.getDoc() != null && !schema.getDoc().isBlank(), at);
                assertEquals("io.credence.stream.avro", schema.getNamespace());
                for (Schema.Field field : schema.getFields()) {
                    String path = at + "." + field.name();
                    assertTrue(field.doc() != null && !field.doc().isBlank(), path);
                    documented(field.schema(), path);
                }
            }
            case UNION -> schema.getTypes().forEach(s -> documented(s, at));
            case ENUM -> assertTrue(schema.getDoc() != null, at);
            default -> {}
        }
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".avsc"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
