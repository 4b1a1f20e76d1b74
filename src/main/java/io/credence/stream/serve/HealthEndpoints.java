package io.credence.stream.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The HTTP probes: {@code /live} and {@code /ready} answer 200 or 503, with the service's state as text. */
final class HealthEndpoints implements AutoCloseable {
    /*
     * The JDK's server reads a request on the thread that answers it, so a client that sends half of one holds that
     * thread. Each connection therefore has a thread of its own, for as long as the server's own limits let it: seconds
     * for a request and for its answer, and a number of connections at once. The limits are read once for the process,
     * when its first such server is made, and only as system properties.
     */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "3",
            "sun.net.httpserver.maxRspTime", "3",
            "jdk.httpserver.maxConnections", "512");

    static {
        LIMITS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final Supplier<String> state;

    /**
     * Binds and serves.
     *
     * @param port 0 for any free one
     * @param live whether the process should be left alone
     * @param ready whether it does its work
     * @param state shown in the answer
     * @throws StartupException if the address cannot be bound
     */
    HealthEndpoints(String host, int port, BooleanSupplier live, BooleanSupplier ready, Supplier<String> state) {
        this.state = state;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException | RuntimeException e) {
            throw new StartupException(
                    "the health endpoints cannot listen on credence.health.host=" + host + ", credence.health.port="
                            + port + ": " + e.getMessage(),
                    e);
        }
        executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "credence-health");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/live", exchange -> answer(exchange, "/live", live));
        server.createContext("/ready", exchange -> answer(exchange, "/ready", ready));
        server.start();
    }

    /** The port that is listened on. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void answer(HttpExchange exchange, String path, BooleanSupplier good) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (method.equals("HEAD")) {
                exchange.sendResponseHeaders(good.getAsBoolean() ? 200 : 503, -1);
            } else if (method.equals("GET")) {
                byte[] body = (state.get() + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
                exchange.sendResponseHeaders(good.getAsBoolean() ? 200 : 503, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            }
        }
    }
}
