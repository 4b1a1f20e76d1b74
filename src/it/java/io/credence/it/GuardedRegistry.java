package io.credence.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A schema registry in memory that wants a user and a password. */
public final class GuardedRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String authorization;
    private final List<String> schemas = new ArrayList<>();
    private volatile boolean locked;

    /** @param userInfo user, colon and password */
    public GuardedRegistry(String userInfo) throws IOException {
        authorization = "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets nobody in any more, whatever their password. */
    public void lock() {
        locked = true;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (locked || !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, Map.of("error_code", 401, "message", "Unauthorized"));
        } else if (path.startsWith("/schemas/ids/")) {
            int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            if (id < 1 || id > schemas.size()) {
                answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema " + id + " not found"));
            } else {
                answer(exchange, 200, Map.of("schema", schemas.get(id - 1)));
            }
        } else {
            JsonNode body = JSON.readTree(asked);
            String schema = body.path("schema").asText();
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            answer(exchange, 200, Map.of("id", schemas.indexOf(schema) + 1, "version", 1, "schema", schema));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> content) throws IOException {
        byte[] body = JSON.writeValueAsBytes(content);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
