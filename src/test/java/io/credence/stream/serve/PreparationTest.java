package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PreparationTest {
    @Test
    void shouldNameTheServersWhenNoBrokerAnswers() throws IOException {
        String servers = "127.0.0.1:" + closedPort();
        StartupException e = assertThrows(StartupException.class, () -> prepare("bootstrap.servers", servers));

        assertTrue(e.getMessage().contains("the broker at bootstrap.servers=" + servers), e.getMessage());
    }

    @Test
    void shouldNameTheServersWhenTheirNameDoesNotResolve() {
        StartupException e =
                assertThrows(StartupException.class, () -> prepare("bootstrap.servers", "broker.invalid:9092"));

        assertTrue(e.getMessage().contains("bootstrap.servers=broker.invalid:9092"), e.getMessage());
    }

    @Test
    void shouldNameTheRegistryWhenItDoesNotAnswer() throws IOException {
        String url = "http://127.0.0.1:" + closedPort();
        StartupException e = assertThrows(StartupException.class, () -> prepare("schema.registry.url", url));

        assertTrue(e.getMessage().contains("the schema registry at schema.registry.url=" + url), e.getMessage());
    }

    @Test
    void shouldBeAConfigurationFaultWhenNoRegistryIsNamed() {
        var settings = TopicPlanTest.settings();
        settings.remove("schema.registry.url");
        CredenceConfig config = CredenceConfig.of(settings);

        ConfigException e = assertThrows(ConfigException.class, () -> new Preparation(config, retry(config)).run());

        assertTrue(e.getMessage().contains("schema.registry.url"), e.getMessage());
    }

    private static void prepare(String key, String value) {
        CredenceConfig config =
                CredenceConfig.of(TopicPlanTest.settings("credence.startup.timeout.ms", "300", key, value));
        new Preparation(config, retry(config)).run();
    }

    private static Retry retry(CredenceConfig config) {
        return new Retry(Duration.ofMillis(config.service().startupTimeoutMs()), () -> false);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
