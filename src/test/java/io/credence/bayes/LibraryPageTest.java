package io.credence.bayes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The library's page of the documentation shows the example that is run, not a copy that has aged. */
final class LibraryPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/library.md");
    private static final Path EXAMPLE = Path.of("src/examples/java/io/credence/examples/LearnWithoutKafka.java");

    @Test
    void shouldShowTheExamplesBodyWhenThePageIsRead() throws IOException {
        String page = Files.readString(PAGE);
        String begin = "```java\n";
        int from = page.indexOf(begin) + begin.length();
        String block = page.substring(from, page.indexOf("```", from));
        String inTheMethod = block.indent(8);

        assertTrue(Files.readString(EXAMPLE).contains(inTheMethod), inTheMethod);
    }
}
