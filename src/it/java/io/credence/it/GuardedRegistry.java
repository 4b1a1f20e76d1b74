package io.credence.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A schema registry in memory that wants a user and a password, and on request a certificate too. */
public final class GuardedRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String scheme;
    private final String authorization;
    private final List<String> schemas = new ArrayList<>();
    private volatile boolean locked;

    /** @param userInfo user, colon and password */
    public GuardedRegistry(String userInfo) throws IOException {
        this(userInfo, HttpServer.create(local(), 0), "http");
    }

    /**
     * The same over TLS, for those whose certificate is trusted.
     *
     * @param userInfo user, colon and password
     */
    public GuardedRegistry(String userInfo, Certificates certificates) throws IOException {
        this(userInfo, tls(certificates.server()), "https");
    }

    private GuardedRegistry(String userInfo, HttpServer server, String scheme) {
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer tls(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(local(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        return server;
    }

    private static InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** The value for {@code schema.registry.url}, without credentials. */
    public String url() {
        return scheme + "://" + address();
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
