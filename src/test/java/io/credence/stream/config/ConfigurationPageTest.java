package io.credence.stream.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the reference to the definition. To write it anew:
 * {@code mvn -q test -Dtest=ConfigurationPageTest -Dcredence.page.write=true}.
 */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "configuration.md");

    @Test
    void shouldDescribeEveryKeyWhenTheReferenceIsRead() throws IOException {
        String page = Files.readString(PAGE);
        String fresh = ConfigurationPage.refresh(page, CredenceConfig.definition());
        if (Boolean.getBoolean("credence.page.write")) {
            Files.writeString(PAGE, fresh);
            return;
        }
        assertEquals(
                fresh,
                page,
                PAGE + " differs from the definition; write it anew with"
                        + " mvn -q test -Dtest=ConfigurationPageTest -Dcredence.page.write=true");
    }

    @Test
    void shouldGiveEveryKeyADocumentedMeaningWhenItIsDefined() {
        CredenceConfig.definition()
                .configKeys()
                .values()
                .forEach(key -> assertFalse(key.documentation.isBlank(), key.name + " has no meaning"));
    }
}
