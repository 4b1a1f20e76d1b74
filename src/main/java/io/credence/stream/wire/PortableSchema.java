package io.credence.stream.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/** Our schemas as the world should see them: without the hints that generated Java classes carry. */
public final class PortableSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUR_NAMESPACE = "io.credence.stream.avro";
    private static final String JAVA_STRING = "avro.java.string";

    private PortableSchema() {}

    /** The schema itself, or for one of our own records the same without hints for Java. */
    public static Schema of(Schema schema) {
        if (!OUR_NAMESPACE.equals(schema.getNamespace())) {
            return schema;
        }
        try {
            JsonNode root = JSON.readTree(schema.toString());
            strip(root);
            return new Schema.Parser().parse(root.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema's own text is not JSON: " + schema.getFullName(), e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
        }
        node.forEach(PortableSchema::strip);
    }
}
