package io.credence.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import io.credence.it.RegistryServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/**
 * Whether the resident memory of the service grows at full load. One process of the service, a broker and a registry in
 * processes of their own, and so many records always waiting that the service never rests. Run it with
 * {@code mvn -Pcrash verify -Dit.test=SoakHarness}; {@link SoakSettings} has the parameters.
 */
final class SoakHarness {
    private static final double MOST_GROWTH = 0.05;

    @Test
    void shouldKeepItsMemoryWhenItRunsAtFullLoad() throws Exception {
        SoakSettings run = SoakSettings.fromSystem();
        Path directory = SoakSettings.directory().resolve("run-" + System.currentTimeMillis());
        System.out.println("soak: " + run + ", in " + directory);
        try (RegistryServer registry = RegistryServer.start();
                Brokers brokers = Brokers.start(1, directory.resolve("brokers"))) {
            Application application =
                    Application.ofDefaults("soak", run.protocol(), brokers.bootstrap(), registry.url());
            List<String> inputs = List.of(application.labelled(), application.unlabelled());
            create(brokers, inputs);
            Instance instance = new Instance(0, directory, application.write(directory), run.options());
            try (Feed feed = new Feed(application, brokers.bootstrap(), 1)) {
                instance.start();
                String training = application.config().topics().training();
                bound(brokers, application);
                try (Progress progress = new Progress(
                        brokers.clientSettings(),
                        application.id(),
                        Stream.concat(inputs.stream(), Stream.of(training)).toList())) {
                    judge(run, new SoakRun(run, instance, feed, progress));
                }
            } finally {
                instance.discard();
            }
        }
    }

    private static void judge(SoakSettings run, SoakRun soak) throws Exception {
        soak.load(run.warmUp());
        soak.start();
        JvmMemory before = JvmMemory.of(soak.pid());
        soak.load(run.minutes());
        JvmMemory after = JvmMemory.of(soak.pid());
        double first = soak.firstMb();
        double last = soak.lastMb();
        double growth = last / first - 1;
        System.out.printf(
                "  resident memory: %.1f MB in the first %.1f minutes, %.1f MB in the last, %+.2f %%; highest %.1f MB%n",
                first, run.windowMinutes(), last, 100 * growth, soak.highestMb());
        System.out.printf(
                "  without the heap of %d MB: %.1f MB, then %.1f MB; live objects on it %.1f MB, then %.1f MB;"
                        + " committed by the JVM %.1f MB, then %.1f MB%n",
                run.heapMb(),
                first - run.heapMb(),
                last - run.heapMb(),
                before.live(),
                after.live(),
                before.tracked(),
                after.tracked());
        soak.report();
        assertTrue(soak.leastBacklog() > 0, "it was not at full load: the backlog was empty");
        assertTrue(growth < MOST_GROWTH, () -> "resident memory grew by " + 100 * growth + " %");
    }

    private static void create(Brokers brokers, List<String> topics) throws Exception {
        try (Admin admin = Admin.create(brokers.clientSettings())) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, Application.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** Waits for the topics of the service and lets all that are not compacted forget, so that no disk fills. */
    private static void bound(Brokers brokers, Application application) throws Exception {
        var topics = application.config().topics();
        List<String> growing = List.of(
                application.labelled(),
                application.unlabelled(),
                topics.training(),
                topics.scored(),
                topics.alerts(),
                topics.metrics(),
                topics.deadLetters());
        try (Admin admin = Admin.create(brokers.clientSettings());
                GroupPositions positions = new GroupPositions(brokers.bootstrap())) {
            Wait.until("the topics of the service", positions, () -> positions
                    .topics()
                    .containsAll(growing));
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            List<AlterConfigOp> small = new ArrayList<>();
            Map.of("segment.bytes", 16 << 20, "retention.bytes", 64 << 20)
                    .forEach((key, value) ->
                            small.add(new AlterConfigOp(new ConfigEntry(key, "" + value), AlterConfigOp.OpType.SET)));
            growing.forEach(topic -> changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), small));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }
}
