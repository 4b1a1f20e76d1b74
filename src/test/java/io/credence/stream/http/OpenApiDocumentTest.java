package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as a foreign reader of such documents finds it. */
final class OpenApiDocumentTest {
    @Test
    void shouldBeValidForAForeignReader() throws Exception {
        SwaggerParseResult read = read(document());

        assertEquals(List.of(), read.getMessages());
        assertNotNull(
                read.getOpenAPI().getPaths().get("/api/v1/models/{key}/predict").getPost());
    }

    @Test
    void shouldNotBeValidWhenAMemberIsUnknown() throws Exception {
        String broken = document().replaceFirst("\"responses\": \\{", "\"replies\": {");

        assertFalse(read(broken).getMessages().isEmpty());
    }

    private static SwaggerParseResult read(String document) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        return new OpenAPIV3Parser().readContents(document, List.of(), options);
    }

    private static String document() throws IOException {
        try (InputStream in = OpenApiDocumentTest.class.getResourceAsStream("/http/openapi.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
