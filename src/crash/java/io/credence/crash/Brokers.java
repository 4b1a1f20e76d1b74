package io.credence.crash;

import io.credence.fixture.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A cluster of one to three broker processes, whose data survive SIGKILL. */
final class Brokers implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path directory;
    private final String cluster = Uuid.randomUuid().toString();
    private final List<Integer> ports = new ArrayList<>();
    private final List<ChildProcess> processes = new ArrayList<>();
    private int starts;

    private final Map<String, String> settings;

    private Brokers(Path directory, Map<String, String> settings) {
        this.directory = directory;
        this.settings = settings;
    }

    static Brokers start(int number, Path directory) throws Exception {
        return start(number, directory, Map.of());
    }

    /** @param settings of the brokers that win over those of the harness */
    static Brokers start(int number, Path directory, Map<String, String> settings) throws Exception {
        Brokers brokers = new Brokers(Files.createDirectories(directory), settings);
        for (int i = 0; i < 2 * number; i++) {
            brokers.ports.add(freePort());
        }
        for (int i = 0; i < number; i++) {
            brokers.write(i, number);
            brokers.processes.add(brokers.launch(i));
        }
        try (Admin admin = Admin.create(brokers.clientSettings())) {
            Wait.atLeast("brokers that answer (see " + directory + ")", number, () -> {
                brokers.verifyAlive();
                return admin.describeCluster().nodes().get().size();
            });
        }
        return brokers;
    }

    String bootstrap() {
        return IntStream.range(0, ports.size() / 2)
                .mapToObj(i -> "127.0.0.1:" + ports.get(i))
                .collect(Collectors.joining(","));
    }

    Properties clientSettings() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap());
        // Five times the default: a broker that shares its processors answers late.
        settings.put("default.api.timeout.ms", "300000");
        return settings;
    }

    int number() {
        return processes.size();
    }

    /** SIGKILL, and a new start on the same directory. */
    void killAndRestart(int i) throws Exception {
        processes.get(i).kill();
        processes.set(i, launch(i));
    }

    private void verifyAlive() throws IOException {
        for (ChildProcess process : processes) {
            if (!process.isAlive()) {
                throw new AssertionError(
                        "a broker ended by itself with code " + process.exitValue() + ":\n" + process.log());
            }
        }
    }

    private ChildProcess launch(int i) throws IOException {
        return ChildProcess.java(
                directory.resolve("broker-" + i + "-" + starts++ + ".log"),
                JVM,
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                List.of(file(i).toString(), cluster));
    }

    private Path file(int i) {
        return directory.resolve("broker-" + i + ".properties");
    }

    private void write(int i, int number) throws IOException {
        String replicas = Integer.toString(number);
        Properties s = new Properties();
        s.put("process.roles", "broker,controller");
        s.put("node.id", Integer.toString(i + 1));
        s.put(
                "controller.quorum.voters",
                IntStream.range(0, number)
                        .mapToObj(n -> (n + 1) + "@127.0.0.1:" + ports.get(number + n))
                        .collect(Collectors.joining(",")));
        s.put("controller.listener.names", "CONTROLLER");
        s.put("inter.broker.listener.name", "BROKER");
        s.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        s.put("listeners", "BROKER://127.0.0.1:" + ports.get(i) + ",CONTROLLER://127.0.0.1:" + ports.get(number + i));
        s.put("advertised.listeners", "BROKER://127.0.0.1:" + ports.get(i));
        s.put("log.dirs", directory.resolve("data-" + i).toString());
        s.put("offsets.topic.num.partitions", "1");
        s.put("transaction.state.log.num.partitions", "1");
        s.put("share.coordinator.state.topic.num.partitions", "1");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            s.put(topic + ".replication.factor", replicas);
        }
        String inSync = Integer.toString(number / 2 + 1);
        s.put("transaction.state.log.min.isr", inSync);
        s.put("share.coordinator.state.topic.min.isr", inSync);
        s.put("min.insync.replicas", inSync);
        s.put("default.replication.factor", replicas);
        s.put("auto.create.topics.enable", "false");
        s.put("group.initial.rebalance.delay.ms", "0");
        s.put("group.streams.initial.rebalance.delay.ms", "0");
        s.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "" + CrashSettings.CLEAN_UP_MS);
        s.put("group.streams.min.session.timeout.ms", "" + CrashSettings.SESSION_MS);
        s.put("group.streams.session.timeout.ms", "" + CrashSettings.SESSION_MS);
        s.put("group.streams.min.heartbeat.interval.ms", "1000");
        s.put("group.streams.heartbeat.interval.ms", "1000");
        s.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        s.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        s.put("log.retention.check.interval.ms", "30000");
        s.put("num.network.threads", "2");
        s.put("num.io.threads", "2");
        s.put("controlled.shutdown.enable", "false");
        s.putAll(settings);
        try (var out = Files.newOutputStream(file(i))) {
            s.store(out, null);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (ChildProcess process : processes) {
            process.kill();
        }
    }
}
