package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A service whose HTTP port is attacked while it works. */
final class HostileRequestsIT {
    private static final int EVENTS = 2_000;
    private static final int LABELS = 500;
    private static final int REQUESTS = 1_000;
    private static final int SLOW = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String TOKEN = "the-right-token";

    private final Random random = new Random(5);
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldRefuseEachAndLoseNothingAndStayReadyWhenRequestsAreHostile() throws Exception {
        int health = freePort();
        try (Cluster cluster = new Cluster()) {
            CredenceConfig config = CredenceConfig.of(cluster.settings(
                    "hostile",
                    Map.of(
                            "credence.features", "a,b",
                            "credence.hidden", "8",
                            "credence.warmup.policy", "flag",
                            "credence.publish.interval.ms", "50",
                            "credence.health.port", Integer.toString(health),
                            "credence.http.idle.ms", "5000",
                            // Its refusals would hide the others.
                            "credence.http.rate", "100000",
                            "credence.http.token", TOKEN,
                            "credence.http.port", "0")));
            cluster.create("hostile-labelled", "hostile-unlabelled");
            try (Points points = new Points(config.serde(), "a", "b");
                    CredenceService service = new CredenceService(config)) {
                service.start();
                cluster.send(records(points, false, 1));
                cluster.read("hostile-scored", 1);
                Set<String> threads = streamThreads();
                assertTrue(!threads.isEmpty(), "nothing to compare");
                String api = service.httpAddress().orElseThrow();
                cluster.send(records(points, true, LABELS));
                cluster.send(records(points, false, EVENTS));
                attack(URI.create(api).getPort(), health);
                assertEquals(
                        1 + EVENTS, cluster.read("hostile-scored", 1 + EVENTS).size());
                Wait.until("all labels in the model", () -> learned(api), () -> learned(api) == LABELS);
                assertEquals(0, told(api, "dead-letters").get("total").intValue());
                assertEquals(threads, streamThreads());
                assertTrue(service.ready());
            }
        }
    }

    /** Half of the slow ones are there before the others, and the rest come between them. */
    private void attack(int port, int health) throws Exception {
        List<Attack> kinds = Attack.all(TOKEN, random);
        List<Socket> slow = new ArrayList<>();
        int answered = 0;
        try {
            while (slow.size() < SLOW / 2) {
                slow.add(Attack.opened(port, Attack.slow(TOKEN, slow.size())));
            }
            for (int i = 0; i < REQUESTS; i++) {
                Attack kind = kinds.get(i % kinds.size());
                try (Socket socket = Attack.opened(port, kind.text())) {
                    if (i % (2 * REQUESTS / SLOW) == 0) {
                        slow.add(Attack.opened(port, Attack.slow(TOKEN, slow.size())));
                    }
                    if (i % 100 == 0) {
                        assertEquals(200, ready(health));
                    }
                    Optional<Integer> status = Attack.refusal(socket);
                    answered += status.isPresent() ? 1 : 0;
                    assertEquals(kind.status(), status.orElse(kind.status()), kind.text());
                }
            }
            // Of a crowd the server may cut off one or the other.
            assertTrue(answered > 0.9 * REQUESTS, answered + " answers");
            assertEquals(SLOW, slow.size());
            assertSlowOnesEnd(slow);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Whoever is slow within the body is told so; within the headers, there may be nobody to tell. */
    private static void assertSlowOnesEnd(List<Socket> slow) throws IOException {
        Set<Integer> headers = new TreeSet<>();
        Set<Integer> bodies = new TreeSet<>();
        for (int i = 0; i < slow.size(); i++) {
            Attack.refusal(slow.get(i)).ifPresent((i % 2 == 0 ? headers : bodies)::add);
        }
        assertTrue(Set.of(400, 408).containsAll(headers), headers.toString());
        assertEquals(Set.of(408), bodies);
    }

    /** Name and number of each that is alive. */
    private static Set<String> streamThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("hostile-.*-(StreamThread|StateUpdater)-\\d+"))
                .map(thread -> thread.getName() + " " + thread.getId())
                .collect(Collectors.toSet());
    }

    private static List<ProducerRecord<byte[], byte[]>> records(Points points, boolean labelled, int n) {
        String topic = labelled ? "hostile-labelled" : "hostile-unlabelled";
        return IntStream.range(0, n)
                .mapToObj(i -> points.record(topic, "e" + i, i % 11 / 5.0, i % 7 / 3.0, labelled ? i % 13 / 4.0 : null))
                .toList();
    }

    private int learned(String api) throws Exception {
        JsonNode models = told(api, "models").get("models");
        return models.isEmpty() ? 0 : models.get(0).get("events").intValue();
    }

    private JsonNode told(String api, String what) throws Exception {
        return new ObjectMapper()
                .readTree(get(api + "api/v1/" + what, Duration.ofSeconds(30)).body());
    }

    private int ready(int port) throws Exception {
        return get("http://127.0.0.1:" + port + "/ready", PATIENCE).statusCode();
    }

    private HttpResponse<String> get(String address, Duration patience) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(patience)
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
