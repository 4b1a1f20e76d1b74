package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsProbeTest {
    /** What a server does with a client. */
    private interface Manner {
        void serve(Socket client) throws IOException;
    }

    @Test
    void shouldTellTlsWhenAServerHasIt() throws IOException {
        try (ServerSocket server = tls()) {
            assertTrue(TlsProbe.speaksTls(address(server)));
        }
    }

    @Test
    void shouldNotTakeAServerForTlsWhenItAnswersPlainlyOrHangsUp() throws IOException {
        try (ServerSocket server = serving(new ServerSocket(0, 5, local()), client -> {
            client.getInputStream().readNBytes(14);
            client.getOutputStream().write(new byte[] {0, 0, 0, 6, 0, 0, 0, 0, 0, 0});
        })) {
            assertFalse(TlsProbe.speaksTls(address(server)));
        }
        try (ServerSocket server = serving(new ServerSocket(0, 5, local()), client -> {})) {
            assertFalse(TlsProbe.speaksTls(address(server)));
        }
    }

    @Test
    void shouldNotTakeAPortForTlsWhenNobodyListens() throws IOException {
        InetSocketAddress closed;
        try (ServerSocket server = new ServerSocket(0, 5, local())) {
            closed = address(server);
        }
        assertFalse(TlsProbe.speaksTls(closed));
    }

    @Test
    void shouldSayWhichSettingIsWrongWhenTheBrokerSpeaksTls() throws IOException {
        try (ServerSocket server = tls()) {
            CredenceConfig config = CredenceConfig.of(
                    TopicPlanTest.settings("bootstrap.servers", "127.0.0.1:" + server.getLocalPort()));
            Preparation preparation = new Preparation(config, new Retry(Duration.ofMillis(300), () -> false));
            String why = assertThrows(StartupException.class, preparation::run).getMessage();
            assertTrue(why.contains("speaks TLS") && why.contains("security.protocol=SSL"), why);
        }
    }

    private static ServerSocket tls() throws IOException {
        return serving(
                SSLServerSocketFactory.getDefault().createServerSocket(0, 5, local()),
                client -> ((SSLSocket) client).startHandshake());
    }

    private static ServerSocket serving(ServerSocket server, Manner manner) {
        Thread serving = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    manner.serve(client);
                } catch (IOException e) {
                    // The next client.
                }
            }
        });
        serving.setDaemon(true);
        serving.start();
        return server;
    }

    private static InetAddress local() {
        return InetAddress.getLoopbackAddress();
    }

    private static InetSocketAddress address(ServerSocket server) {
        return InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
    }
}
