package io.credence.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.GroupPositions;
import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import io.credence.it.GuardedRegistry;
import io.credence.it.Right;
import io.credence.it.SecuredBroker;
import io.credence.stream.config.CredenceConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} against a broker with TLS of both sides, SASL/SCRAM and rights, and a registry with TLS of both sides and a
 * user: with the right credentials it works, with wrong ones it says which. It runs on the modules of the JDK that the image has.
 */
@Timeout(240)
final class SecureRunIT {
    private static final String SECRET = "hush91ab";
    private static final String REGISTRY = "schema.registry.";

    private static SecuredBroker broker;
    private static GuardedRegistry registry;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(SECRET);
        registry = new GuardedRegistry("user:" + SECRET, broker.certificates());
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
        broker.close();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to stop there")
    void shouldLearnAndScoreAndKeepItsSecretsWhenCredentialsAndRightsAreThoseOfThePage() throws Exception {
        Map<String, String> settings = settings("secure");
        CredenceConfig config = CredenceConfig.of(settings);
        broker.permit(Right.onThePage("rights").stream()
                .map(right -> right.of(config.masked()))
                .toList());
        createTopics(config);
        feed(config);
        Process process = process(settings);
        Path log = directory.resolve("log");
        try (GroupPositions positions = positions()) {
            Wait.until("scored events and a model", positions, () -> {
                assertTrue(process.isAlive(), Files.readString(log));
                return Traces.records(broker, "secure-scored").size() == 20
                        && !Traces.records(broker, "secure-posteriors").isEmpty();
            });
            String line = process.info().commandLine().orElse("")
                    + String.join(" ", process.info().arguments().orElse(new String[0]));
            assertTrue(!line.contains(SECRET), line);
            process.destroy();
            Wait.ended("the service after SIGTERM", process, log.toFile());
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        assertEquals(0, process.exitValue(), said);
        assertTrue(!said.contains(SECRET), said);
        assertTrue(said.contains("ssl.keystore.password = [hidden]"), said);
        assertEquals(List.of(), Traces.records(broker, "secure-dead-letters"));
    }

    @Test
    void shouldSayThatThePasswordIsWrongWhenTheBrokerDoesNotAcceptIt() throws Exception {
        assertEquals(
                "credence: the broker at bootstrap.servers=" + broker.service().get("bootstrap.servers")
                        + " does not accept our user or password: check sasl.jaas.config and sasl.mechanism (Authentication"
                        + " failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512)",
                refused(Map.of("sasl.jaas.config", SecuredBroker.login(SECRET + "x"))));
    }

    @Test
    void shouldNameTheTrustStoreWhenTheBrokersCertificateIsNotTrusted() throws Exception {
        String said =
                refused(Map.of("ssl.truststore.location", broker.certificates().stranger()));

        assertTrue(
                said.startsWith("credence: TLS with the broker at bootstrap.servers=")
                        && said.contains(" fails: check ssl.truststore.*"),
                said);
    }

    @Test
    void shouldNameTheKeyStoreWhenTheBrokerWantsACertificateAndWeHaveNone() throws Exception {
        Map<String, String> settings = settings("none");
        settings.keySet().removeIf(key -> key.startsWith("ssl.key"));

        String said = run(settings);

        assertTrue(said.startsWith("credence: TLS with the broker at bootstrap.servers="), said);
        assertTrue(said.contains("ssl.keystore.*"), said);
    }

    @Test
    void shouldSayThatThePasswordIsWrongWhenTheRegistryDoesNotAcceptIt() throws Exception {
        String said = refused(Map.of("basic.auth.user.info", "user:" + SECRET + "x"));

        assertTrue(
                said.startsWith("credence: the schema registry at schema.registry.url=" + registry.url()
                                + " refuses us: ")
                        && said.contains("does not accept our credentials (401); check basic.auth.*"),
                said);
    }

    @Test
    void shouldNameTheTrustStoreWhenTheRegistrysCertificateIsNotTrusted() throws Exception {
        String said = refused(Map.of(
                REGISTRY + "ssl.truststore.location", broker.certificates().stranger()));

        assertTrue(said.startsWith("credence: schema registry [" + registry.url() + "] cannot be reached"), said);
        assertTrue(said.contains("check schema.registry.ssl.truststore.*"), said);
    }

    @Test
    void shouldNameTheKeyStoreWhenTheRegistryWantsACertificateAndWeHaveNone() throws Exception {
        Map<String, String> settings = settings("none");
        settings.keySet().removeIf(key -> key.startsWith(REGISTRY + "ssl.key"));
        // It hangs up, which might also be a registry that is being started.
        settings.put("credence.startup.timeout.ms", "1000");

        String said = run(settings);

        assertTrue(said.contains("schema.registry.url=" + registry.url()), said);
        assertTrue(said.contains("schema.registry.ssl.keystore.*"), said);
    }

    /** What a run with one setting changed says, in one sentence. */
    private String refused(Map<String, String> change) throws Exception {
        Map<String, String> settings = settings("refused");
        settings.putAll(change);
        return run(settings);
    }

    private String run(Map<String, String> settings) throws Exception {
        StringWriter text = new StringWriter();
        PrintWriter both = new PrintWriter(text, true);

        int code = Main.commandLine()
                .setOut(both)
                .setErr(both)
                .execute("run", "--config", write(settings).toString());

        String said = text.toString().strip();
        assertEquals(1, code, said);
        assertTrue(!said.contains(SECRET), said);
        assertEquals(1, said.lines().count(), said);
        return said;
    }

    private Process process(Map<String, String> settings) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                imagesJava().resolve("bin/java").toString(),
                // The tests' own logging is on the class path too, and silent.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "io.credence.cli.Main",
                "run",
                "--config",
                write(settings).toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** The JRE of the image, made here of the same modules. */
    private Path imagesJava() throws Exception {
        Matcher modules = Pattern.compile("--add-modules ((?:[a-z.,]|\\\\\n| )+)\n")
                .matcher(Files.readString(Path.of("docker/Dockerfile")));
        assertTrue(modules.find());
        Path jre = directory.resolve("jre");
        int code = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--output",
                        jre.toString(),
                        "--strip-debug",
                        "--no-man-pages",
                        "--no-header-files",
                        "--add-modules",
                        modules.group(1).replaceAll("[\\\\\\s]", ""));
        assertEquals(0, code);
        return jre;
    }

    private Path write(Map<String, String> settings) throws Exception {
        return Files.writeString(
                directory.resolve("service.properties"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private static Map<String, String> settings(String application) {
        Map<String, String> settings = new TreeMap<>();
        broker.service().forEach((key, value) -> settings.put(key, value.toString()));
        settings.putAll(broker.certificates().settings(REGISTRY, "client"));
        settings.put("application.id", application);
        settings.put("schema.registry.url", registry.url());
        settings.put("basic.auth.credentials.source", "USER_INFO");
        settings.put("basic.auth.user.info", "user:" + SECRET);
        settings.put("credence.topic.labelled", application + "-labelled");
        settings.put("credence.topic.unlabelled", application + "-unlabelled");
        settings.put("credence.topics.create", "false");
        settings.put("credence.label", "y");
        settings.put("credence.features", "x");
        settings.put("credence.hidden", "4");
        settings.put("credence.publish.interval.ms", "50");
        settings.put("credence.startup.timeout.ms", "20000");
        return settings;
    }

    private static void createTopics(CredenceConfig config) throws Exception {
        try (Admin admin = Admin.create(broker.operator())) {
            admin.createTopics(Right.onThePage("rights").stream()
                            .map(right -> right.of(config.masked()))
                            .map(Right::name)
                            .filter(name -> name.matches("secure-[a-z-]*[a-z]"))
                            .distinct()
                            .map(name -> new NewTopic(name, 1, (short) 1)
                                    .configs(Map.of(
                                            "cleanup.policy", name.equals("secure-posteriors") ? "compact" : "delete")))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void feed(CredenceConfig config) throws Exception {
        try (Points points = new Points(config.serde(), "x");
                var producer =
                        new KafkaProducer<>(broker.operator(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 20; i++) {
                for (String topic : List.of("secure-labelled", "secure-unlabelled")) {
                    Double label = topic.equals("secure-labelled") ? (Double) (i / 5.0) : null;
                    producer.send(new ProducerRecord<>(topic, points.bytes(topic, i / 10.0, label)));
                }
            }
        }
    }

    private static GroupPositions positions() {
        return new GroupPositions(broker.operator().get("bootstrap.servers").toString());
    }
}
