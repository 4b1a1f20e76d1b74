package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.Points;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A service whose HTTP port is attacked while it works. */
final class HostileRequestsIT {
    private static final int EVENTS = 2_000;
    private static final int REQUESTS = 1_000;
    private static final int SLOW = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Random random = new Random(5);

    @Test
    void shouldLoseNothingAndStayReadyWhenRequestsAreHostile() throws Exception {
        int health = freePort();
        try (Cluster cluster = new Cluster()) {
            CredenceConfig config = CredenceConfig.of(cluster.settings(
                    "hostile",
                    Map.of(
                            "credence.features", "a,b",
                            "credence.warmup.policy", "flag",
                            "credence.health.port", Integer.toString(health),
                            "credence.http.port", "0")));
            cluster.create("hostile-labelled", "hostile-unlabelled");
            try (Points points = new Points(config.serde(), "a", "b");
                    CredenceService service = new CredenceService(config)) {
                service.start();
                cluster.send(records(points, 1));
                cluster.read("hostile-scored", 1);
                URI api = URI.create(service.httpAddress().orElseThrow());
                List<Socket> slow = new ArrayList<>();
                try {
                    for (int i = 0; i < SLOW; i++) {
                        slow.add(opened(api.getPort(), "POST /api/v1/models/default/predict HTTP/1.1\r\nHost: "));
                    }
                    cluster.send(records(points, EVENTS));
                    for (int i = 0; i < REQUESTS; i++) {
                        opened(api.getPort(), hostile(i)).close();
                        if (i % 100 == 0) {
                            assertEquals(200, ready(health));
                        }
                    }
                } finally {
                    for (Socket socket : slow) {
                        socket.close();
                    }
                }
                assertEquals(
                        1 + EVENTS, cluster.read("hostile-scored", 1 + EVENTS).size());
                assertTrue(service.ready());
                assertEquals(200, get(api + "api/v1/health", Duration.ofSeconds(30)));
            }
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> records(Points points, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> points.record("hostile-unlabelled", "e" + i, i % 11 / 5.0, i % 7 / 3.0, null))
                .toList();
    }

    private String hostile(int i) {
        String head =
                "POST /api/v1/models/default/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        byte[] noise = new byte[200];
        random.nextBytes(noise);
        return switch (i % 6) {
            case 0 -> new String(noise, StandardCharsets.ISO_8859_1);
            case 1 -> head + "Content-Length: 999999999999\r\n\r\n{";
            case 2 -> head + "Content-Length: 40000\r\n\r\n" + "[".repeat(40_000);
            case 3 -> "GET /" + "../".repeat(500) + " HTTP/1.1\r\nHost: evil.example\r\n\r\n";
            case 4 -> head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzzz\r\n";
            default -> head + "Content-Length: 30\r\n\r\n{\"events\": [{\"a\": 1e999999}]}  ";
        };
    }

    /** A socket on which a text was written, as far as the server would have it. */
    private static Socket opened(int port, String text) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // Refused or cut off, which is the server's right.
            return socket;
        }
        return socket;
    }

    private static int ready(int port) throws Exception {
        return get("http://127.0.0.1:" + port + "/ready", PATIENCE);
    }

    private static int get(String address, Duration patience) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(patience).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
