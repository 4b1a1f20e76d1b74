package io.credence.it;

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
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A real schema registry (Apicurio, with the Confluent API) in a process of its own, up in about six seconds. */
public final class RegistryServer implements AutoCloseable {
    private final Process process;
    private final String url;

    private RegistryServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it and waits until it answers. */
    public static RegistryServer start() throws IOException, InterruptedException {
        Path directory = Path.of(System.getProperty("credence.registry.dir", "target/registry"));
        Path jar;
        try (Stream<Path> files = Files.list(directory)) {
            jar = files.filter(f -> f.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        Path log = Path.of("target", "registry-" + port + ".log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        jar.toAbsolutePath().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RegistryServer server = new RegistryServer(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
        try {
            server.awaitReady(log);
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** The value for {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    private void awaitReady(Path log) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Wait.until("an answer of the schema registry (see " + log + ")", Wait.working(process, log.toFile()), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the schema registry ended by itself, see " + log);
            }
            try {
                return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false; // Not listening yet.
            }
        });
    }

    @Override
    public void close() throws InterruptedException {
        // Nobody asks its data again: it need not end in good order.
        process.destroyForcibly().waitFor();
    }
}
