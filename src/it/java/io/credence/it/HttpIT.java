package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.credence.fixture.MeterQueries;
import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Two instances of a service on a real broker, asked over HTTP. */
final class HttpIT {
    private static final int LABELS = 300;
    private static final int EVENTS = 20;
    private static final double CLOSE = 1e-5;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldTellTheSameOnEveryInstanceAsTheScoredTopic() throws Exception {
        AtomicInteger pushes = new AtomicInteger();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            pushes.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (Cluster cluster = new Cluster();
                AutoCloseable end = () -> collector.stop(0)) {
            CredenceConfig config = CredenceConfig.of(cluster.settings(
                    "asked",
                    Map.of(
                            "credence.features", "a,b",
                            "credence.publish.interval.ms", "50",
                            "credence.http.rate", "10000",
                            "credence.http.port", "0",
                            "credence.otlp.url",
                                    "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics")));
            cluster.create("asked-labelled", "asked-unlabelled");
            try (Points points = new Points(config.serde(), "a", "b");
                    CredenceService first = new CredenceService(config);
                    CredenceService second = new CredenceService(config)) {
                first.start();
                second.start();
                cluster.send(labels(points));
                cluster.send(new ProducerRecord<>("asked-unlabelled", "no Avro".getBytes(StandardCharsets.UTF_8)));
                for (CredenceService service : List.of(first, second)) {
                    Wait.until("the whole model", () -> body(service, "models"), () -> events(service) == LABELS);
                }
                List<Long> times = new ArrayList<>();
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                StringBuilder events = new StringBuilder();
                for (int i = 0; i < EVENTS; i++) {
                    times.add(2_000_000_000_000L + 1_000L * i);
                    records.add(points.at(times.get(i), "asked-unlabelled", "e" + i, i / 5.0, 1.0 - i / 9.0, null));
                    events.append(i == 0 ? "" : ",").append("{\"a\": %s, \"b\": %s}".formatted(i / 5.0, 1.0 - i / 9.0));
                }
                cluster.send(records);
                var scored = cluster.read("asked-scored", EVENTS);
                String question = "{\"events\": [" + events + "], \"timestamps\": " + times + "}";
                for (CredenceService service : List.of(first, second)) {
                    JsonNode told = ask(service, question).get("predictions");
                    for (int i = 0; i < EVENTS; i++) {
                        assertClose(points.prediction(scored.get(i).value()), told.get(i));
                    }
                    Wait.until(
                            "the dead letter", () -> body(service, "dead-letters"), () -> body(service, "dead-letters")
                                    .contains("\"BAD_MAGIC\":1"));
                    assertTrue(
                            json.readTree(body(service, "health")).get("live").booleanValue());
                    assertTrue(body(service, "topology").contains("asked-scored"));
                }
                for (CredenceService service : List.of(first, second)) {
                    JsonNode moment = Moments.first(service).orElseThrow();
                    assertTrue(moment.get("bands").size() >= EVENTS, moment.toString());
                    assertTrue(
                            moment.get("labels").size() > 0
                                    && moment.get("measures").size() > 0,
                            moment.toString());
                    assertEquals(1, moment.get("deadLetters").get("total").intValue());
                }
                // The model's own are with its learner, which moves while the second instance joins.
                Wait.until(
                        "the meters that the dashboard and the rules ask for",
                        () -> unserved(first, second),
                        () -> unserved(first, second).isEmpty());
                assertTrue(meters(first).contains("kafka_stream_failed_stream_threads"), meters(first));
                assertTrue(meters(second).contains("credence_model_age_seconds{model=\"default\"}"));
                assertTrue(body(first, "metrics").contains("events-")
                        || body(second, "metrics").contains("events-"));
            }
            assertTrue(pushes.get() >= 2, "each sends its meters at least once more when it stops");
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> labels(Points points) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            double a = i % 11 / 5.0;
            double b = i % 7 / 3.0;
            records.add(points.at(1_999_999_000_000L + 1_000L * i, "asked-labelled", "l" + i, a, b, 3 * a - b));
        }
        return records;
    }

    private static void assertClose(GenericRecord scored, JsonNode told) {
        assertEquals(scored.get("modelStep").toString(), told.get("modelStep").asText());
        for (String field : List.of("mean", "epistemicVariance", "aleatoricVariance", "lower", "upper")) {
            double expected = (Double) scored.get(field);
            assertEquals(expected, told.get(field).doubleValue(), CLOSE * Math.abs(expected), field);
        }
    }

    private long events(CredenceService service) throws Exception {
        JsonNode models = json.readTree(body(service, "models")).path("models");
        return models.isEmpty() ? 0 : models.get(0).get("events").longValue();
    }

    private String body(CredenceService service, String path) throws IOException, InterruptedException {
        URI uri = URI.create(service.httpAddress().orElseThrow() + "api/v1/" + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private String meters(CredenceService service) throws Exception {
        URI uri = URI.create(service.httpAddress().orElseThrow() + "metrics");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private Set<String> unserved(CredenceService first, CredenceService second) throws Exception {
        String meters = meters(first) + meters(second);
        return MeterQueries.names().stream()
                .filter(name -> !meters.contains("\n" + name + " ")
                        && !meters.contains("\n" + name + "{")
                        // A model of numbers has none.
                        && !name.equals("credence_model_accuracy_ratio"))
                .collect(Collectors.toSet());
    }

    private JsonNode ask(CredenceService service, String question) throws Exception {
        URI uri = URI.create(service.httpAddress().orElseThrow() + "api/v1/models/default/predict");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question))
                .build();
        return json.readTree(client.send(request, BodyHandlers.ofString()).body());
    }
}
