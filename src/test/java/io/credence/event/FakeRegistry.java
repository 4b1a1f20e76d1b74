package io.credence.event;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A registry's HTTP face that answers what the test has queued, the last answer for ever. */
final class FakeRegistry implements AutoCloseable {
    static final Backoff FAST = new Backoff(4, Duration.ofMillis(1), Duration.ofSeconds(5));

    record Answer(int status, String body) {}

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    FakeRegistry(Answer... queued) throws IOException {
        answers.addAll(List.of(queued));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static Answer ok(String body) {
        return new Answer(200, body);
    }

    static Answer error(int status, int code) {
        return new Answer(status, "{\"error_code\":" + code + ",\"message\":\"as the test wants\"}");
    }

    SchemaRegistry client(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("schema.registry.url", url());
        return SchemaRegistry.of(RegistrySettings.of(settings), FAST);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.getRequestBody().readAllBytes();
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
