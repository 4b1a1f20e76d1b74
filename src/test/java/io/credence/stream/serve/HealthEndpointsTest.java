package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthEndpointsTest {
    private volatile boolean live = true;
    private volatile boolean ready;
    private final HealthEndpoints health =
            new HealthEndpoints("127.0.0.1", 0, () -> live, () -> ready, () -> "REBALANCING");

    @AfterEach
    void stop() {
        health.close();
    }

    @Test
    void shouldBeLiveButNotReadyWhenTheServiceStarts() throws Exception {
        assertEquals(200, get("/live").statusCode());
        assertEquals(503, get("/ready").statusCode());
        assertEquals("REBALANCING\n", get("/ready").body());
    }

    @Test
    void shouldBeReadyWhenTheServiceRuns() throws Exception {
        ready = true;
        assertEquals(200, get("/ready").statusCode());
        assertEquals(200, send("HEAD", "/ready").statusCode());
    }

    @Test
    void shouldNotBeLiveWhenTheServiceHasFailed() throws Exception {
        live = false;
        assertEquals(503, get("/live").statusCode());
    }

    @Test
    void shouldRefuseOtherPathsAndMethodsWhenAsked() throws Exception {
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/livelier").statusCode());
        assertEquals(405, send("POST", "/live").statusCode());
    }

    @Test
    void shouldAnswerAtOnceWhenOthersHaveSentHalfARequest() throws Exception {
        ready = true;
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket("127.0.0.1", health.port());
                slow.add(socket);
                socket.getOutputStream().write("GET /live HT".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }

            assertEquals(200, get("/ready").statusCode());
            assertEquals(200, get("/live").statusCode());
            assertEquals(50, slow.stream().filter(s -> !s.isClosed()).count());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void shouldHangUpWhenARequestDoesNotEnd() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", health.port())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write("GET /live HT".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void shouldNameHostAndPortWhenTheAddressIsTaken() {
        StartupException e = assertThrows(
                StartupException.class,
                () -> new HealthEndpoints("127.0.0.1", health.port(), () -> true, () -> true, () -> ""));

        assertTrue(e.getMessage().contains("credence.health.port=" + health.port()), e.getMessage());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + health.port() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
    }
}
