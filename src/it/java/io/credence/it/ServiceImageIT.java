package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service with the libraries of its image alone: it learns, scores and shows its page without the broker of the demo and
 * without RocksDB, and reaches nothing of what is known to be vulnerable in the libraries that come along.
 */
final class ServiceImageIT {
    private static final String NAME = "image";
    private static final int EVENTS = 200;

    /** The line of the image's recipe that says which libraries stay out of it. */
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^RUN cd target/lib && rm ((?:.*\\\\\n)*.*)$");

    /** What is vulnerable in the libraries that the page on vulnerabilities tells of: prefixes of class names. */
    private static final List<String> UNREACHED = List.of(
            "org.nd4j.shade.jackson.",
            "org.nd4j.shade.yaml.",
            "org.nd4j.shade.wstx.",
            "org.nd4j.shade.protobuf.",
            "org.nd4j.shade.codehaus.",
            "org.nd4j.shade.guava.io.",
            "org.apache.commons.net.",
            "org.apache.commons.io.",
            "org.apache.flink.avro.registry.confluent.shaded.org.apache.kafka.common.security.",
            "org.apache.flink.avro.registry.confluent.shaded.org.apache.kafka.common.config.provider.",
            "org.apache.flink.avro.shaded.org.apache.commons.",
            "org.yaml.snakeyaml.",
            "org.apache.logging.log4j.core.",
            "org.rocksdb.");

    @TempDir
    private Path image;

    @Test
    void shouldServeWithTheLibrariesOfTheImageAlone() throws Exception {
        unpack();
        try (Cluster cluster = new Cluster();
                RegistryServer registry = RegistryServer.start()) {
            cluster.create(NAME + "-labelled", NAME + "-unlabelled", NAME + "-scored");
            int port = freePort();
            Map<String, String> settings = new TreeMap<>(cluster.settings(
                    NAME,
                    Map.of(
                            "credence.features",
                            "a,b",
                            "credence.http.port",
                            Integer.toString(port),
                            "credence.health.port",
                            "0"),
                    "schema.registry.url",
                    registry.url()));
            Process service = start(settings);
            refusesABroker();
            try (Points points = new Points(
                    Map.of("schema.registry.url", registry.url(), "http.read.timeout.ms", "60000"), "a", "b")) {
                cluster.send(events(points));
                cluster.read(NAME + "-scored", EVENTS);
                assertTrue(page(port, "/metrics").contains("credence_"));
                assertTrue(page(port, "/").contains("<html"));
                assertTrue(page(port, "/api/v1/models").contains("\"models\""));
                service.destroy();
                Wait.ended("the service", service, image.resolve("log").toFile());
            } finally {
                service.destroyForcibly();
            }
        }
        List<String> loaded = Files.readAllLines(image.resolve("classes"));
        assertTrue(loaded.stream().anyMatch(line -> line.contains("io.credence.bayes.inference.OnlineLearner ")));
        for (String parser : UNREACHED) {
            assertEquals(
                    List.of(),
                    loaded.stream().filter(line -> line.contains(" " + parser)).toList(),
                    parser);
        }
    }

    /** The jar and what the recipe leaves of its libraries, each of which it has to name one that is there. */
    private void unpack() throws IOException {
        Matcher line = LEFT_OUT.matcher(Files.readString(Path.of("docker", "Dockerfile")));
        assertTrue(line.find(), "the recipe says what stays out");
        List<Pattern> out = Stream.of(line.group(1).replace("\\\n", " ").trim().split("\\s+"))
                .map(glob -> Pattern.compile(glob.replace(".", "\\.").replace("*", ".*")))
                .toList();
        List<Path> all;
        try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
            all = files.toList();
        }
        for (Pattern glob : out) {
            assertTrue(all.stream().anyMatch(jar -> named(glob, jar)), "no library is called " + glob);
        }
        Files.createDirectory(image.resolve("lib"));
        for (Path jar : all) {
            if (out.stream().noneMatch(glob -> named(glob, jar))) {
                Files.createSymbolicLink(
                        image.resolve("lib").resolve(jar.getFileName().toString()), jar.toAbsolutePath());
            }
        }
        Files.copy(Path.of("target", "credence.jar"), image.resolve("credence.jar"));
        for (String broker : List.of("kafka_2", "scala-", "kafka-server-", "rocksdbjni-")) {
            try (Stream<Path> left = Files.list(image.resolve("lib"))) {
                assertFalse(left.anyMatch(jar -> jar.getFileName().toString().startsWith(broker)), broker);
            }
        }
    }

    private static boolean named(Pattern glob, Path jar) {
        return glob.matcher(jar.getFileName().toString()).matches();
    }

    private Process start(Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = image.resolve("service.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + image.resolve("classes"),
                        "-jar",
                        image.resolve("credence.jar").toString(),
                        "run",
                        "--config",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(image.resolve("log").toFile())
                .start();
    }

    /** What would start one says in a sentence that it has none. */
    private void refusesABroker() throws Exception {
        Path said = image.resolve("demo");
        Process demo = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        image.resolve("credence.jar").toString(),
                        "demo",
                        "--once",
                        "--json"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Wait.ended("a demo without a broker", demo, said.toFile());
        assertEquals(1, demo.exitValue());
        String sentence = Files.readString(said);
        assertTrue(sentence.contains("credence: the libraries of a broker are not beside the jar"), sentence);
    }

    private static List<ProducerRecord<byte[], byte[]>> events(Points points) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 2 * EVENTS; i++) {
            double a = i % 7;
            double b = i % 5;
            boolean labelled = i < EVENTS;
            records.add(points.record(
                    NAME + (labelled ? "-labelled" : "-unlabelled"), "e" + i, a, b, labelled ? a - b : null));
        }
        return records;
    }

    private static String page(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
