package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.Wait;
import io.credence.tool.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own: what an operator sees. */
class RunCommandIT {
    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to stop there")
    void shouldExitWithZeroWhenTheServiceIsToldToStop() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            int port = freePort();
            Process process = run(broker.bootstrapServers(), port, "${env:REGISTRY}", "hush");
            try {
                awaitReady(process, port);
                process.destroy();
                Wait.ended(
                        "the service after SIGTERM",
                        process,
                        directory.resolve("log").toFile());
            } finally {
                process.destroyForcibly();
            }
            String log = log();
            assertEquals(0, process.exitValue(), log);
            assertTrue(log.contains("credence.batch.size = 1"), log);
            assertTrue(log.contains("Topologies:"), log);
            assertTrue(log.contains("basic.auth.user.info = [hidden]") && !log.contains("hush"), log);
            assertTrue(log.contains("Stopped run-it"), log);
        }
    }

    @Test
    void shouldExitWithOneWhenNoBrokerAnswers() throws Exception {
        Process process = run("127.0.0.1:" + freePort(), 0, "mock://run-it", "x");
        try {
            Wait.ended(
                    "a service without a broker",
                    process,
                    directory.resolve("log").toFile());
        } finally {
            process.destroyForcibly();
        }
        assertEquals(1, process.exitValue(), log());
        assertTrue(log().contains("credence: gave up on the broker at bootstrap.servers=127.0.0.1:"), log());
    }

    private Process run(String servers, int port, String registry, String secret) throws IOException {
        Path file =
                Files.writeString(directory.resolve("service.properties"), """
                application.id=run-it
                bootstrap.servers=%s
                schema.registry.url=%s
                basic.auth.credentials.source=USER_INFO
                basic.auth.user.info=user:%s
                credence.topic.labelled=labels
                credence.topic.unlabelled=events
                credence.label=y
                credence.features=x
                """.formatted(servers, registry, secret));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The tests' own logging is on the class path too, and silent.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "io.credence.cli.Main",
                "run",
                "--config",
                file.toString(),
                "--set",
                "credence.startup.timeout.ms=" + (port == 0 ? 1000 : 60_000)));
        builder.environment().put("REGISTRY", "mock://run-it");
        builder.environment().put("CREDENCE_HEALTH_PORT", Integer.toString(port));
        builder.environment().put("CREDENCE_HEALTH_HOST", "127.0.0.1");
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitReady(Process process, int port) {
        Wait.until("a service that is ready", Wait.working(process), () -> {
            assertTrue(process.isAlive(), log());
            return status(port) == 200;
        });
    }

    private static int status(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/ready").toURL().openConnection();
            return connection.getResponseCode();
        } catch (IOException e) {
            return -1;
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
