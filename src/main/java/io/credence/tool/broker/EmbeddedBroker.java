package io.credence.tool.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A one-node KRaft broker in this process, on a temporary directory and free ports of the loopback interface.
 *
 * <p>It is a real broker, with transactions, compaction and groups; only its sizes are small. Closing it deletes its
 * directory.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE = 1;

    private final Path directory;
    private final KafkaRaftServer server;
    private final String bootstrap;

    private EmbeddedBroker(Path directory, KafkaRaftServer server, String bootstrap) {
        this.directory = directory;
        this.server = server;
        this.bootstrap = bootstrap;
    }

    /**
     * Formats a new directory and starts a broker on it; returns when the broker takes requests (3 to 5 s).
     *
     * @throws UncheckedIOException if the temporary directory cannot be made or no port is free
     * @throws IllegalStateException if the broker does not start, or its libraries are not there
     */
    public static EmbeddedBroker start() {
        return start(Map.of());
    }

    /**
     * The same on a port that is known before.
     *
     * @param port of the broker; 0 for any free one
     */
    public static EmbeddedBroker start(int port) {
        return start(port, Map.of());
    }

    /**
     * The same with some broker settings of the caller's, such as {@code message.max.bytes}.
     *
     * @param overrides broker settings that win over ours
     */
    public static EmbeddedBroker start(Map<String, String> overrides) {
        return start(0, overrides);
    }

    private static EmbeddedBroker start(int wanted, Map<String, String> overrides) {
        Path directory;
        Map<String, Object> settings;
        int port;
        try {
            directory = Files.createTempDirectory("credence-broker-");
            int[] ports = freePorts();
            port = wanted == 0 ? ports[0] : wanted;
            settings = settings(directory, port, ports[1]);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory or port for the embedded broker", e);
        }
        settings.putAll(overrides);
        try {
            format(directory);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(directory, server, "127.0.0.1:" + port);
        } catch (NoClassDefFoundError e) {
            delete(directory);
            // Not as the cause, which would be taken for native code that is missing.
            throw new IllegalStateException("the libraries of a broker are not beside the jar (" + e.getMessage()
                    + "): the image of the service leaves them out; use a build with all of target/lib");
        } catch (Exception e) {
            delete(directory);
            throw new IllegalStateException("the embedded broker does not start: " + e.getMessage(), e);
        }
    }

    /** The value for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrap;
    }

    /** Stops the broker and deletes its directory. */
    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            delete(directory);
        }
    }

    private static Map<String, Object> settings(Path directory, int port, int controllerPort) {
        Map<String, Object> s = new TreeMap<>();
        s.put("process.roles", "broker,controller");
        s.put("node.id", Integer.toString(NODE));
        s.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        s.put("controller.listener.names", "CONTROLLER");
        s.put("inter.broker.listener.name", "BROKER");
        s.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        s.put("listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        s.put("advertised.listeners", "BROKER://127.0.0.1:" + port);
        s.put("log.dirs", directory.toString());
        s.put("offsets.topic.num.partitions", "1");
        s.put("offsets.topic.replication.factor", "1");
        s.put("transaction.state.log.num.partitions", "1");
        s.put("transaction.state.log.replication.factor", "1");
        s.put("transaction.state.log.min.isr", "1");
        s.put("share.coordinator.state.topic.num.partitions", "1");
        s.put("share.coordinator.state.topic.replication.factor", "1");
        s.put("share.coordinator.state.topic.min.isr", "1");
        s.put("default.replication.factor", "1");
        s.put("num.partitions", "1");
        s.put("min.insync.replicas", "1");
        s.put("auto.create.topics.enable", "false");
        s.put("group.initial.rebalance.delay.ms", "0");
        s.put("num.network.threads", "1");
        s.put("num.io.threads", "2");
        s.put("background.threads", "2");
        s.put("num.recovery.threads.per.data.dir", "1");
        // By record time: the events of a replayed past would be deleted as soon as they are written.
        s.put("log.retention.ms", "-1");
        s.put("log.roll.ms", Long.toString(Duration.ofDays(36_500).toMillis()));
        s.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        s.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
        s.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        s.put("controlled.shutdown.enable", "false");
        return s;
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .setDirectories(List.of(directory.toString()))
                .run();
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that the broker still holds stays behind in the temporary directory: not worth a failure.
            System.getLogger(EmbeddedBroker.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind: " + directory, e);
        }
    }
}
