package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS. */
final class TlsTest {
    private static final String PASSWORD = "hush7f3c";

    @TempDir
    private Path directory;

    @Test
    void shouldSpeakTlsAndNothingElseWhenThereIsAKeystore() throws Exception {
        Path keystore = keystore();
        try (Standing standing = new Standing(
                "credence.http.tls.keystore",
                keystore.toString(),
                "credence.http.tls.keystore.password",
                PASSWORD,
                "credence.http.token",
                "t0ken")) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(keystore)).build();
            URI session = URI.create("https://localhost:" + standing.port() + "/api/v1/session");
            HttpResponse<String> admitted = client.send(
                    HttpRequest.newBuilder(session)
                            .header("Content-Type", "application/json")
                            .header("Origin", "https://localhost:" + standing.port())
                            .POST(BodyPublishers.ofString("{\"token\": \"t0ken\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(204, admitted.statusCode(), admitted.body());
            assertTrue(admitted.headers().firstValue("Set-Cookie").orElseThrow().endsWith("; Secure"));
            assertThrows(
                    IOException.class,
                    () -> client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standing.port() + "/"))
                                    .build(),
                            BodyHandlers.ofString()));
        }
    }

    @Test
    void shouldSayWhatIsWrongWithoutThePasswordWhenTheKeystoreCannotBeRead() throws Exception {
        Path keystore = keystore();
        for (String[] wrong : new String[][] {
            {keystore.toString(), "hush7f3d"}, {directory.resolve("none.p12").toString(), "hush7f3d"}
        }) {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> new Standing(
                            "credence.http.tls.keystore", wrong[0], "credence.http.tls.keystore.password", wrong[1]));
            assertTrue(e.getMessage().startsWith("the HTTP API cannot listen on"), e.getMessage());
            assertFalse(e.getMessage().contains("hush"), e.getMessage());
        }
    }

    private Path keystore() throws Exception {
        Path file = directory.resolve("server.p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=DNS:localhost,IP:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return file;
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            trusted.load(in, PASSWORD.toCharArray());
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", trusted.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
