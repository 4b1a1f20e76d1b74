package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.http.Standing.Still;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** Meters that a collector receives. */
final class OtlpPushTest {
    private final List<ExportMetricsServiceRequest> received = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();

    @Test
    void shouldSendTheMetersThatPrometheusReads() throws Exception {
        try (Collector collector = new Collector()) {
            CredenceConfig config = collector.config(1_000);
            Still instance = new Still(config);
            instance.metric("events-scored", 5, "processor", "score");
            try (OtlpPush push = new OtlpPush(config, instance)) {
                Wait.until("a request", received::size, () -> value("credence.events.scored") == 5);
                assertEquals(1, value("credence.live"));
                assertEquals(1, value("credence.models"));
                assertEquals(
                        "default",
                        attributes(points("credence.model.age").get(0)).get("model"));
            }
            assertTrue(credentials.stream().allMatch("Bearer hush7f3c"::equals), credentials.toString());
            assertFalse(config.masked().toString().contains("hush7f3c"));
            var resource = received.get(0).getResourceMetrics(0).getResource();
            assertTrue(
                    resource.getAttributesList().stream()
                            .anyMatch(a -> a.getKey().equals("service.name")
                                    && a.getValue().getStringValue().equals("standing")),
                    resource.toString());
        }
    }

    @Test
    void shouldSendWhatCameLastWhenItIsClosed() throws Exception {
        try (Collector collector = new Collector()) {
            CredenceConfig config = collector.config(3_600_000);
            Still instance = new Still(config);
            try (OtlpPush push = new OtlpPush(config, instance)) {
                instance.metric("events-scored", 9, "processor", "score");
            }
            assertEquals(1, received.size());
            assertEquals(9, value("credence.events.scored"));
        }
    }

    @Test
    void shouldSendNothingUnlessItIsWanted() {
        assertNull(Standing.config().otlp().url());
        assertEquals(Map.of(), Standing.config().otlp().headers());
    }

    @Test
    void shouldRefuseAnAddressThatHoldsCredentialsWithoutRepeatingIt() {
        for (String url : List.of(
                "http://me:hush7f3c@collector:4318/v1/metrics",
                "http://collector/v1/metrics?key=hush7f3c",
                "collector:4318",
                "ftp://collector/",
                "http://")) {
            String said = assertThrows(ConfigException.class, () -> Standing.config("credence.otlp.url", url))
                    .getMessage();
            assertTrue(said.startsWith("credence.otlp.url must be an address of http or https"), said);
            assertFalse(said.contains("hush7f3c"), said);
        }
        String said = assertThrows(
                        ConfigException.class, () -> Standing.config("credence.otlp.headers", "Bearer hush7f3c"))
                .getMessage();
        assertFalse(said.contains("hush7f3c"), said);
    }

    private double value(String meter) {
        List<NumberDataPoint> points = points(meter);
        return points.isEmpty() ? -1 : points.get(0).getAsDouble();
    }

    /** Of the newest request. */
    private List<NumberDataPoint> points(String meter) {
        return received.isEmpty()
                ? List.of()
                : received.get(received.size() - 1).getResourceMetricsList().stream()
                        .flatMap(resource -> resource.getScopeMetricsList().stream())
                        .flatMap(scope -> scope.getMetricsList().stream())
                        .filter(metric -> metric.getName().equals(meter))
                        .map(OtlpPushTest::points)
                        .findFirst()
                        .orElse(List.of());
    }

    private static List<NumberDataPoint> points(Metric metric) {
        return metric.hasSum()
                ? metric.getSum().getDataPointsList()
                : metric.getGauge().getDataPointsList();
    }

    private static Map<String, String> attributes(NumberDataPoint point) {
        return point.getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, a -> a.getValue().getStringValue()));
    }

    /** Takes what is sent. */
    private final class Collector implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        Collector() throws IOException {
            server.createContext("/v1/metrics", exchange -> {
                credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
                received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        CredenceConfig config(int intervalMs) {
            return Standing.config(
                    "credence.otlp.url",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics",
                    "credence.otlp.headers",
                    "Authorization=Bearer hush7f3c",
                    "credence.otlp.interval.ms",
                    Integer.toString(intervalMs));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
