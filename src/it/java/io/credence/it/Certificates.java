package io.credence.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores of a server at 127.0.0.1 and of a client of it, made by the JDK's keytool, and what trusts both. */
public final class Certificates implements AutoCloseable {
    private static final String TYPE = "PKCS12";

    private final Path directory;
    private final String password;

    private Certificates(Path directory, String password) {
        this.directory = directory;
        this.password = password;
    }

    /** @param password of every store and key, six characters or more */
    public static Certificates create(String password) throws IOException {
        Certificates made = new Certificates(Files.createTempDirectory("credence-certificates-"), password);
        try {
            KeyStore trusted = KeyStore.getInstance(TYPE);
            trusted.load(null, null);
            for (String owner : List.of("server", "client")) {
                made.generate(owner);
                trusted.setCertificateEntry(owner, made.load(owner).getCertificate(owner));
            }
            made.save("trusted", trusted);
            trusted.deleteEntry("server");
            made.save("stranger", trusted);
            return made;
        } catch (GeneralSecurityException | InterruptedException e) {
            made.close();
            throw new IOException("no certificates", e);
        }
    }

    /** Kafka's settings for one side, with its key and whom it trusts. */
    public Map<String, String> settings(String prefix, String owner) {
        Map<String, String> settings = new HashMap<>(trusting(prefix));
        settings.put(prefix + "ssl.keystore.type", TYPE);
        settings.put(prefix + "ssl.keystore.location", store(owner).toString());
        settings.put(prefix + "ssl.keystore.password", password);
        settings.put(prefix + "ssl.key.password", password);
        return settings;
    }

    /** The same without a key. */
    public Map<String, String> trusting(String prefix) {
        return Map.of(
                prefix + "ssl.truststore.type", TYPE,
                prefix + "ssl.truststore.location", store("trusted").toString(),
                prefix + "ssl.truststore.password", password);
    }

    /** The value for {@code ssl.truststore.location} of one who does not trust the server. */
    public String stranger() {
        return store("stranger").toString();
    }

    /** What a server of HTTPS needs. */
    public SSLContext server() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load("server"), password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load("trusted"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS", e);
        }
    }

    private void generate(String owner) throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                owner,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + owner,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                TYPE,
                "-keystore",
                store(owner).toString(),
                "-storepass:env",
                "STORE_PASSWORD");
        keytool.environment().put("STORE_PASSWORD", password);
        Process process = keytool.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(store(name))) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private void save(String name, KeyStore store) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(store(name))) {
            store.store(out, password.toCharArray());
        }
    }

    private Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
