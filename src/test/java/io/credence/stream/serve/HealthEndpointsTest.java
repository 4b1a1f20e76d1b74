package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
