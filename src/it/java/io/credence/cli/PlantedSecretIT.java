package io.credence.cli;

import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.credence.fixture.Points;
import io.credence.it.GuardedRegistry;
import io.credence.it.LogTape;
import io.credence.it.SecuredBroker;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.operate.Models;
import io.credence.stream.serve.CredenceService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run with a secret in every setting that can hold one: whatever the run leaves behind or says must not have it. */
@Timeout(240)
final class PlantedSecretIT {
    private static final String SECRET = "hush7f3c";

    /** Nobody listens there. */
    private static final String COLLECTOR = "http://127.0.0.1:1/v1/metrics";

    /** Nothing uses them here; they are settings of a client that does. */
    private static final List<String> UNUSED = List.of(
            "consumer.ssl.key.password",
            "main.consumer.ssl.keystore.password",
            "producer.ssl.truststore.password",
            "admin.ssl.key.password",
            "bearer.auth.token",
            "bearer.auth.client.secret",
            "sasl.oauthbearer.client.credentials.client.secret",
            "my.secret",
            "proxy.password");

    @TempDir
    private Path directory;

    private final Traces traces = new Traces();

    @Test
    void shouldBeNowhereInWhatARunWritesWhenASecretIsInEverySetting() throws Exception {
        Map<String, Level> levels = Map.of(
                "io.credence", Level.DEBUG,
                "io.javalin", Level.INFO,
                "io.micrometer", Level.DEBUG,
                "org.apache.flink", Level.DEBUG,
                "org.apache.kafka.clients", Level.INFO,
                "org.apache.kafka.common", Level.INFO,
                "org.apache.kafka.streams", Level.INFO);
        try (SecuredBroker broker = SecuredBroker.start(SECRET);
                GuardedRegistry registry = new GuardedRegistry("user:" + SECRET, broker.certificates());
                LogTape tape = new LogTape(levels)) {
            broker.permit(TOPIC, "secret", ALL);
            broker.permit(GROUP, "secret", ALL);
            broker.permit(TRANSACTIONAL_ID, "secret", ALL);
            Map<String, Object> settings = settings(broker, registry);
            Path file = write(settings);
            CredenceConfig config = CredenceConfig.of(settings);
            traces.add("settings in force", config.masked().toString());
            traces.add(
                    "serde settings", config.serde().get("schema.registry.url").toString());
            try (CredenceService service = new CredenceService(config)) {
                service.start();
                feed(broker, config);
                traces.add("http", http(config, "/live") + http(config, "/ready") + http(config, "/nothing"));
                traces.add(
                        "api",
                        new Asking(
                                        broker.certificates().server(),
                                        service.httpAddress().orElseThrow())
                                .everything(SECRET));
                commands(file);
                traces.beans();
                registry.lock();
                send(broker, "secret-labels", unknown(4242));
                assertEquals(1, service.awaitStop(), "the registry refuses us");
                traces.add("last error", service.cause().orElseThrow());
            }
            traces.topics(broker);
            failedStart(settings);
            traces.add("log", String.join("", tape.entries()));
        }
        assertEquals(Set.of(), traces.with(SECRET));
        Map<String, String> places = traces.places();
        assertTrue(places.size() >= 15, places.keySet().toString());
        places.forEach((name, text) -> assertTrue(!text.isBlank(), name));
        assertTrue(places.get("log").contains("[hidden]"));
        assertTrue(places.get("log").contains(COLLECTOR), "the collector that is not there is told of");
        for (String key :
                List.of("credence.http.token", "credence.http.tls.keystore.password", "credence.otlp.headers")) {
            assertTrue(places.get("api").contains("\"" + key + "\":\"[hidden]\""), key);
        }
        for (String answer :
                List.of("<!doctype html>", "credence_model_events", "\"openapi\"", "\"predictions\"", "data:")) {
            assertTrue(places.get("api").contains(answer), answer);
        }
        assertTrue(places.get("topics").contains("UNKNOWN_SCHEMA"));
    }

    private Map<String, Object> settings(SecuredBroker broker, GuardedRegistry registry) throws Exception {
        Map<String, Object> settings = broker.service();
        UNUSED.forEach(key -> settings.put(key, SECRET));
        settings.put("application.id", "secret");
        settings.putAll(broker.certificates().settings("schema.registry.", "client"));
        settings.put("schema.registry.url", "https://user:" + SECRET + "@" + registry.address());
        settings.put("credence.topic.labelled", "secret-labels");
        settings.put("credence.topic.unlabelled", "secret-events");
        settings.put("credence.label", "y");
        settings.put("credence.features", "x");
        settings.put("credence.hidden", "4");
        settings.put("credence.publish.interval.ms", "50");
        settings.put("credence.http.port", "0");
        settings.put("credence.http.token", SECRET);
        Map<String, String> tls = broker.certificates().settings("", "server");
        settings.put("credence.http.tls.keystore", tls.get("ssl.keystore.location"));
        settings.put("credence.http.tls.keystore.password", SECRET);
        settings.put("credence.otlp.url", COLLECTOR);
        settings.put("credence.otlp.headers", "Authorization=Bearer " + SECRET + ",x-key=" + SECRET);
        settings.put("credence.otlp.interval.ms", "1000");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("credence.health.port", Integer.toString(socket.getLocalPort()));
        }
        return settings;
    }

    private Path write(Map<String, Object> settings) throws Exception {
        return Files.writeString(
                directory.resolve("service.properties"),
                settings.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private static void feed(SecuredBroker broker, CredenceConfig config) throws Exception {
        try (Points points = new Points(config.serde(), "x")) {
            for (int i = 0; i < 30; i++) {
                double x = i % 7 / 3.0;
                send(broker, "secret-labels", points.bytes("secret-labels", x, 6 * x));
                send(broker, "secret-events", points.bytes("secret-events", x, null));
            }
        }
        send(broker, "secret-labels", unknown(999));
        send(broker, "secret-events", unknown(999));
        send(broker, "secret-events", "no Avro".getBytes(StandardCharsets.UTF_8));
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!new Models(config).list().containsKey("")
                || Traces.records(broker, "secret-dead-letters").size() < 3) {
            assertTrue(System.nanoTime() < deadline, "nothing is published");
        }
    }

    private static byte[] unknown(int id) {
        return ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();
    }

    private static void send(SecuredBroker broker, String topic, byte[] value) throws Exception {
        try (var producer =
                new KafkaProducer<>(broker.operator(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static String http(CredenceConfig config, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + config.service().healthPort() + path);
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return answer.headers().map() + answer.body();
    }

    private void commands(Path file) throws Exception {
        Path model = directory.resolve("m.model");
        traces.add("topology", run(file, 0, "topology"));
        traces.add("model list", run(file, 0, "model", "list"));
        traces.add("model show", run(file, 0, "model", "show"));
        traces.add("model export", run(file, 0, "model", "export", model.toString()));
        traces.add("model file", Files.readString(model, StandardCharsets.ISO_8859_1));
        traces.add("fold", run(file, 0, "fold"));
        feedingCommands(file);
        traces.add(
                "stack trace of a command",
                run(file, 1, "--stacktrace", "model", "show", "--model", "none")
                        + run(file, 2, "--stacktrace", "run", "--set", "sasl.jaas.config=" + SECRET)
                        + run(file, 2, "--stacktrace", "topology", "--set", "credence.hidden=none"));
    }

    /** What feeds and what reads, in peace and in trouble. */
    private void feedingCommands(Path file) throws Exception {
        String csv = Files.writeString(directory.resolve("fed.csv"), "x,y\n1,2\n2,4\n3,6\n")
                .toString();
        traces.add(
                "produce",
                run(file, 0, "produce", "--csv", csv, "--topic", "secret-fed")
                        + run(file, 0, "produce", "--csv", csv, "--topic", "secret-fed", "--json"));
        traces.add(
                "watch",
                run(file, 0, "watch", "scored", "--from-beginning", "--limit", "3")
                        + run(file, 0, "watch", "scored", "--from-beginning", "--limit", "3", "--json")
                        + run(file, 0, "watch", "dead-letters", "--from-beginning", "--limit", "3")
                        + run(file, 0, "watch", "dead-letters", "--from-beginning", "--limit", "3", "--json"));
        String away = "https://user:" + SECRET + "@127.0.0.1:1";
        Path wrong = Files.writeString(
                directory.resolve("wrong.properties"),
                Files.readString(file) + "\nsasl.jaas.config=" + SecuredBroker.login(SECRET + "x"));
        traces.add(
                "failures of produce and watch",
                run(file, 2, "--stacktrace", "produce", "--csv", csv, "--schema-registry-url", away)
                        + run(wrong, 1, "--stacktrace", "produce", "--csv", csv, "--topic", "secret-fed")
                        + run(wrong, 1, "--stacktrace", "watch", "scored"));
    }

    private static String run(Path file, int code, String... args) {
        StringWriter text = new StringWriter();
        PrintWriter both = new PrintWriter(text, true);
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", file.toString()));
        assertEquals(
                code,
                Main.commandLine().setOut(both).setErr(both).execute(all.toArray(new String[0])),
                text.toString());
        return text.toString();
    }

    /** Starts that fail: of a login or a key that cannot be read, a password that is wrong, a registry that refuses. */
    private void failedStart(Map<String, Object> good) {
        StringWriter text = new StringWriter();
        for (Map.Entry<String, String> bad : Map.of(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule " + SECRET + " x=y;",
                        "schema.registry.url",
                        "ftp://user:" + SECRET + "@registry",
                        "ssl.keystore.key",
                        SECRET,
                        "ssl.keystore.password",
                        SECRET + "x",
                        "schema.registry.ssl.truststore.password",
                        SECRET + "x",
                        "credence.http.tls.keystore.password",
                        SECRET + "x",
                        "credence.otlp.headers",
                        SECRET,
                        "admin.sasl.jaas.config",
                        SecuredBroker.login(SECRET + "x"),
                        "security.protocol",
                        "SASL_PLAINTEXT")
                .entrySet()) {
            Map<String, Object> settings = new HashMap<>(good);
            settings.put(bad.getKey(), bad.getValue());
            settings.put("credence.startup.timeout.ms", "3000");
            Throwable failure = assertThrows(RuntimeException.class, () -> {
                try (CredenceService service = new CredenceService(CredenceConfig.of(settings))) {
                    service.start();
                }
            });
            failure.printStackTrace(new PrintWriter(text, true));
        }
        traces.add("stack traces of failed starts", text.toString());
    }
}
