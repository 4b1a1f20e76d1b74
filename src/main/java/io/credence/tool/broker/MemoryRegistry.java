package io.credence.tool.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A schema registry in memory, on the loopback interface: as much of Confluent's interface as clients that read and write
 * Avro use. A new version of a subject must be able to read what the last one wrote (BACKWARD, as theirs by default).
 */
public final class MemoryRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY = 4 << 20;

    private final HttpServer server;
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();

    /** What is answered instead of what was asked for. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        Refusal(int code, String message) {
            super(message);
            this.code = code;
        }
    }

    private MemoryRegistry(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port is taken
     */
    public static MemoryRegistry start(int port) {
        try {
            return new MemoryRegistry(
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the schema registry cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    /** The value for {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        Object answer;
        try {
            String path = exchange.getRequestURI().getRawPath();
            List<String> parts = List.of(path.substring(1).split("/")).stream()
                    .map(part -> java.net.URLDecoder.decode(part, StandardCharsets.UTF_8))
                    .toList();
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
            answer = answer(exchange.getRequestMethod(), parts, body);
        } catch (Refusal e) {
            status = e.code > 999 ? e.code / 100 : e.code;
            answer = Map.of("error_code", e.code, "message", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            status = 400;
            answer = Map.of("error_code", 400, "message", "the address cannot be read");
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Object answer(String method, List<String> parts, byte[] body) throws Refusal, IOException {
        String first = parts.get(0);
        int length = parts.size();
        if (first.equals("subjects") && length == 1) {
            return List.copyOf(subjects.keySet());
        }
        if (first.equals("schemas") && length == 3 && parts.get(1).equals("ids")) {
            int id = number(parts.get(2), 40403, "schema");
            if (id < 1 || id > schemas.size()) {
                throw new Refusal(40403, "Schema " + id + " not found");
            }
            return Map.of("schema", schemas.get(id - 1).toString());
        }
        if (first.equals("schemas") && length == 2 && parts.get(1).equals("types")) {
            return List.of("AVRO");
        }
        if (first.equals("config")) {
            return Map.of("compatibilityLevel", "BACKWARD");
        }
        if (first.equals("subjects") && length == 2 && method.equals("POST")) {
            return found(parts.get(1), schema(body));
        }
        if (first.equals("subjects") && length >= 3 && parts.get(2).equals("versions")) {
            if (method.equals("POST") && length == 3) {
                return Map.of("id", register(parts.get(1), schema(body)));
            }
            List<Integer> versions = versions(parts.get(1));
            return length == 3
                    ? java.util.stream.IntStream.rangeClosed(1, versions.size())
                            .boxed()
                            .toList()
                    : version(parts.get(1), versions, parts.get(3));
        }
        throw new Refusal(404, "HTTP 404 Not Found");
    }

    private List<Integer> versions(String subject) throws Refusal {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw new Refusal(40401, "Subject '" + subject + "' not found.");
        }
        return versions;
    }

    private Map<String, Object> version(String subject, List<Integer> versions, String which) throws Refusal {
        int version = which.equals("latest") ? versions.size() : number(which, 42202, "version");
        if (version < 1 || version > versions.size()) {
            throw new Refusal(40402, "Version " + version + " not found.");
        }
        int id = versions.get(version - 1);
        return Map.of(
                "subject",
                subject,
                "version",
                version,
                "id",
                id,
                "schema",
                schemas.get(id - 1).toString());
    }

    private Map<String, Object> found(String subject, Schema schema) throws Refusal {
        List<Integer> versions = versions(subject);
        int version = versions.indexOf(schemas.indexOf(schema) + 1) + 1;
        if (version == 0) {
            throw new Refusal(40403, "Schema not found");
        }
        return version(subject, versions, Integer.toString(version));
    }

    private int register(String subject, Schema schema) throws Refusal {
        List<Integer> versions = subjects.getOrDefault(subject, new ArrayList<>());
        int known = schemas.indexOf(schema) + 1;
        if (known > 0 && versions.contains(known)) {
            return known;
        }
        if (!versions.isEmpty()) {
            Schema last = schemas.get(versions.get(versions.size() - 1) - 1);
            var fit = SchemaCompatibility.checkReaderWriterCompatibility(schema, last);
            if (fit.getType() != SchemaCompatibilityType.COMPATIBLE) {
                throw new Refusal(
                        409,
                        "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                                + "\": " + fit.getResult().getIncompatibilities());
            }
        }
        int id = known;
        if (known == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        versions.add(id);
        subjects.put(subject, versions);
        return id;
    }

    private static Schema schema(byte[] body) throws Refusal, IOException {
        try {
            JsonNode asked = JSON.readTree(body);
            if (!asked.path("schemaType").asText("AVRO").equals("AVRO")) {
                throw new Refusal(42201, "Only Avro is understood here");
            }
            return new Schema.Parser().parse(asked.path("schema").asText());
        } catch (com.fasterxml.jackson.core.JsonProcessingException | AvroRuntimeException e) {
            throw new Refusal(42201, "Invalid schema: " + e.getMessage());
        }
    }

    private static int number(String text, int code, String what) throws Refusal {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refusal(code, "No such " + what);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
