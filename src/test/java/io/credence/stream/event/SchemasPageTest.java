package io.credence.stream.event;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The page about the schemas says what the schemas say. */
class SchemasPageTest {
    @Test
    void shouldHaveEveryRecordAndFieldWithItsMeaning() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/schemas.md"));
        try (Stream<Path> files = Files.list(Path.of("schemas"))) {
            for (Path file : files.toList()) {
                check(page, new Schema.Parser().parse(Files.readString(file)));
            }
        }
    }

    private static void check(String page, Schema schema) {
        switch (schema.getType()) {
            case ARRAY -> check(page, schema.getElementType());
            case UNION -> schema.getTypes().forEach(branch -> check(page, branch));
            case RECORD -> {
                int from = page.indexOf("# " + schema.getName() + "\n");
                assertTrue(from >= 0, "no section about " + schema.getName());
                int next = page.indexOf("\n#", from);
                String section = page.substring(from, next < 0 ? page.length() : next);
                assertTrue(section.contains(schema.getDoc()), schema.getName());
                for (Schema.Field field : schema.getFields()) {
                    assertTrue(
                            section.contains("\n| `" + field.name() + "` | ")
                                    && section.contains(" | " + field.doc().replace("|", "\\|") + " |"),
                            schema.getName() + "." + field.name());
                    check(page, field.schema());
                }
            }
            default -> {}
        }
    }
}
