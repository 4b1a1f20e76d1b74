package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes that no client of good manners sends. */
final class RawRequestTest {
    private Standing standing = new Standing();

    @AfterEach
    void close() {
        standing.close();
    }

    private void restart(String... settings) {
        standing.close();
        standing = new Standing(settings);
    }

    @Test
    void shouldSayWhatIsWrongInTheSameShapeWhenItIsNoHttp() throws Exception {
        for (String[] bad : new String[][] {
            {"400", "hush\r\n\r\n"},
            {"400", "GET / HTTP/1.1\r\n\r\n"},
            {"414", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"},
            {"431", "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"},
            {"400", "GET /%2e%2e/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"},
        }) {
            String answer = raw(bad[1]);
            assertTrue(answer.startsWith("HTTP/1.1 " + bad[0]), answer);
            assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
            JsonNode body = Body.JSON.readTree(answer.substring(answer.indexOf('{')));
            Set<String> names = new TreeSet<>();
            body.fieldNames().forEachRemaining(names::add);
            assertEquals(Standing.PROBLEM, names, answer);
            assertFalse(answer.contains("hush") || answer.contains("Jetty"), answer);
        }
    }

    @Test
    void shouldRefuseABodyThatGrowsTooLargeWhenItsSizeIsNotSaid() throws Exception {
        String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
        String answer = raw("POST /api/v1/models/default/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(257)
                + "0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    }

    @Test
    void shouldRefuseWhenTheNameOrTheOriginIsNotOurs() throws Exception {
        String health = "GET /api/v1/health HTTP/1.1\r\nConnection: close\r\nHost: ";
        assertTrue(raw(health + "evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(raw(health + "evil.example:" + standing.port() + "\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(
                raw(health + "localhost\r\nOrigin: http://evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(raw(health + "localhost\r\nOrigin: null\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(raw(health + "localhost:1\r\nOrigin: http://localhost:1\r\n\r\n")
                .startsWith("HTTP/1.1 200"));
        assertTrue(raw(health + "[::1]:80\r\n\r\n").startsWith("HTTP/1.1 200"));
        restart("credence.http.names", "models.example");
        assertTrue(raw(health + "MODELS.example:8080\r\n\r\n").startsWith("HTTP/1.1 200"));
    }

    @Test
    void shouldSayThatABodyIsSlowWhenItDoesNotGoOn() throws Exception {
        restart("credence.http.idle.ms", "300");
        String answer = raw("POST /api/v1/models/default/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{");
        assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
        assertTrue(answer.contains("urn:credence:problem:slow"), answer);
    }

    @Test
    void shouldAnswerOthersWhenSlowClientsHoldConnections() throws Exception {
        restart("credence.http.connections", "20", "credence.http.idle.ms", "500");
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket("127.0.0.1", standing.port());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/v1/models/default/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                        + " application/json\r\nContent-Length: 500\r\n\r\n{")
                                .getBytes(StandardCharsets.UTF_8));
            }
            assertTrue(raw("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private String raw(String text) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", standing.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
