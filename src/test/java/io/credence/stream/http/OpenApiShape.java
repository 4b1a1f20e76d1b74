package io.credence.stream.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether answers are what the OpenAPI document says: types, members, lists of allowed words. */
final class OpenApiShape {
    private final JsonNode document;

    OpenApiShape(JsonNode document) {
        this.document = document;
    }

    /** Whether a route answers with JSON. */
    boolean isJson(String method, String path) {
        JsonNode operation = document.get("paths").get(path).get(method.toLowerCase());
        return operation.at("/responses/200/content").has("application/json");
    }

    /** What is wrong with the answer of a route, one line each. */
    List<String> faults(String method, String path, JsonNode answer) {
        JsonNode operation = document.get("paths").get(path).get(method.toLowerCase());
        return faults(operation.at("/responses/200/content/application~1json/schema"), answer);
    }

    /** What is wrong with a problem. */
    List<String> problemFaults(JsonNode problem) {
        return faults(document.at("/components/schemas/Problem"), problem);
    }

    private List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check("", schema, value, faults);
        return faults;
    }

    private void check(String at, JsonNode given, JsonNode value, List<String> faults) {
        JsonNode schema =
                given.has("$ref") ? document.at(given.get("$ref").textValue().substring(1)) : given;
        if (schema.isMissingNode() || !schema.has("type")) {
            faults.add(at + ": no schema");
            return;
        }
        if (!isOneOf(schema.get("type"), value)) {
            faults.add(at + ": " + value.getNodeType() + " is no " + schema.get("type"));
        }
        if (schema.has("enum")) {
            boolean known = false;
            for (JsonNode word : schema.get("enum")) {
                known |= word.equals(value);
            }
            if (!known) {
                faults.add(at + ": " + value + " is not listed");
            }
        }
        if (value.isArray() && schema.has("items")) {
            for (JsonNode item : value) {
                check(at + "[]", schema.get("items"), item, faults);
            }
        }
        if (value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.textValue())) {
                    faults.add(at + "." + name.textValue() + " is missing");
                }
            });
            value.fields().forEachRemaining(member -> {
                String name = at + "." + member.getKey();
                if (schema.path("properties").has(member.getKey())) {
                    check(name, schema.get("properties").get(member.getKey()), member.getValue(), faults);
                } else if (schema.path("additionalProperties").isObject()) {
                    check(name, schema.get("additionalProperties"), member.getValue(), faults);
                } else if (schema.has("additionalProperties")
                        && !schema.get("additionalProperties").booleanValue()) {
                    faults.add(name + " is not described");
                }
            });
        }
    }

    private static boolean isOneOf(JsonNode types, JsonNode value) {
        if (types.isTextual()) {
            return is(types.textValue(), value);
        }
        for (JsonNode type : types) {
            if (is(type.textValue(), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
