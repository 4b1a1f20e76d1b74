package io.credence.tool.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The objects of the Prometheus operator as a library of Maven Central describes them in a JSON schema. */
final class OperatorSchema {
    private static final String FILE = "/schema/validation-schema.json";

    private OperatorSchema() {}

    /** @throws IllegalArgumentException that begins with the path, if a field is unknown or of another type */
    static void validate(JsonElement object) throws IOException {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(OperatorSchema.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8)) {
            JsonObject schema = JsonParser.parseReader(file).getAsJsonObject();
            String kind = object.getAsJsonObject().get("kind").getAsString();
            check(
                    kind,
                    object,
                    schema.getAsJsonObject("properties").getAsJsonObject(kind),
                    schema.getAsJsonObject("definitions"));
        }
    }

    private static void check(String path, JsonElement value, JsonObject schema, JsonObject definitions) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().replaceFirst("^#/definitions/", "");
            check(path, value, definitions.getAsJsonObject(name), definitions);
            return;
        }
        String type = schema.get("type").getAsString();
        if (!type.equals(type(value))) {
            throw new IllegalArgumentException(path + " is no " + type);
        }
        if (value.isJsonArray()) {
            value.getAsJsonArray().forEach(item -> check(path, item, schema.getAsJsonObject("items"), definitions));
        } else if (value.isJsonObject()) {
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(field -> check(
                            path + "." + field.getKey(),
                            field.getValue(),
                            member(path, field.getKey(), schema),
                            definitions));
        }
    }

    private static JsonObject member(String path, String field, JsonObject schema) {
        JsonObject known = schema.getAsJsonObject("properties");
        if (known != null && known.has(field)) {
            return known.getAsJsonObject(field);
        }
        // A map has a schema of its values there; an object with fields of its own has at most a boolean.
        JsonElement others = known == null ? schema.get("additionalProperties") : null;
        if (others == null || !others.isJsonObject()) {
            throw new IllegalArgumentException(path + "." + field + " is not known");
        }
        return others.getAsJsonObject();
    }

    private static String type(JsonElement value) {
        if (value.isJsonArray()) {
            return "array";
        }
        if (value.isJsonObject()) {
            return "object";
        }
        return value.getAsJsonPrimitive().isString()
                ? "string"
                : value.getAsJsonPrimitive().isBoolean() ? "boolean" : "integer";
    }
}
