package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.credence.fixture.Points;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The registry goes away: what is known keeps working, what is not waits, and nothing becomes a dead letter. */
final class RegistryOutageIT {
    /** A stream thread asks five times before it dies, and the client may use a connection for each address it tries. */
    private static final int MORE_THAN_ONE_THREAD_ASKS = 11;

    private static Cluster cluster;
    private static RegistryServer registry;
    private static ForeignRegistry direct;

    @BeforeAll
    static void start() throws Exception {
        registry = RegistryServer.start();
        direct = new ForeignRegistry(registry.url());
        cluster = new Cluster();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        registry.close();
    }

    @Test
    void shouldScoreKnownSchemasAndWaitForUnknownOnesWhenTheRegistryIsAwayForAWhile() throws Exception {
        cluster.create("away");
        try (Gate gate = gate();
                CredenceService service = new CredenceService(config("away", gate, 300_000))) {
            int known = direct.register("away-value", schema("first"));
            service.start();
            cluster.send(event("away", "a", known, "first"));
            cluster.read("away-scored", 1);

            gate.shut();
            cluster.send(event("away", "b", known, "first"));
            cluster.read("away-scored", 2);

            int unknown = direct.register("away-value", schema("second"));
            cluster.send(event("away", "c", unknown, "second"));
            gate.awaitRefused(MORE_THAN_ONE_THREAD_ASKS);
            gate.open();
            var scored = cluster.read("away-scored", 3);
            assertEquals("c", new String(scored.get(2).key(), StandardCharsets.UTF_8));
            assertEquals(List.of(), cluster.readToEnd("away-dead-letters"));
            assertEquals(0, service.exitCode());
        }
    }

    @Test
    void shouldStopWithOneWhenTheRegistryStaysAway() throws Exception {
        cluster.create("gone");
        try (Gate gate = gate();
                CredenceService service = new CredenceService(config("gone", gate, 5_000))) {
            int known = direct.register("gone-value", schema("first"));
            service.start();
            cluster.send(event("gone", "a", known, "first"));
            cluster.read("gone-scored", 1);
            gate.shut();
            int unknown = direct.register("gone-value", schema("second"));
            cluster.send(event("gone", "b", unknown, "second"));
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> {
                try {
                    return service.awaitStop();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            cluster.await("the end of the service", code::isDone);
            assertEquals(1, code.get());
            assertEquals(List.of(), cluster.readToEnd("gone-dead-letters"));
        }
    }

    @Test
    void shouldWaitForTheRegistryWhenItIsDownAtTheStart() throws Exception {
        cluster.create("late");
        try (Gate gate = gate();
                CredenceService service = new CredenceService(config("late", gate, 300_000))) {
            gate.shut();
            CompletableFuture<Void> starting = CompletableFuture.runAsync(service::start);
            gate.awaitRefused(MORE_THAN_ONE_THREAD_ASKS);
            assertFalse(starting.isDone(), "it waits");
            gate.open();
            cluster.await("the start of the service", starting::isDone);
            starting.get();
            int id = direct.register("late-value", schema("first"));
            cluster.send(event("late", "a", id, "first"));
            cluster.read("late-scored", 1);
        }
    }

    private static Gate gate() throws Exception {
        return new Gate(URI.create(registry.url()).getPort());
    }

    private static CredenceConfig config(String name, Gate gate, int outageTimeoutMs) {
        return CredenceConfig.of(Map.of(
                "application.id",
                name,
                "bootstrap.servers",
                cluster.bootstrap(),
                "schema.registry.url",
                "http://127.0.0.1:" + gate.port() + "/apis/ccompat/v7",
                "credence.topic.unlabelled",
                name,
                "credence.topic.labelled",
                name,
                "credence.label",
                "y",
                "credence.features",
                "a",
                "main.consumer.session.timeout.ms",
                "6000",
                "credence.outage.timeout.ms",
                Integer.toString(outageTimeoutMs)));
    }

    /** Of each note another schema. */
    private static Schema schema(String note) {
        return Points.schema("a", note + ":text");
    }

    private static ProducerRecord<byte[], byte[]> event(String topic, String key, int id, String note) {
        return new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                Wire.encode(id, Points.point(schema(note), 1.0, "x", null)));
    }
}
