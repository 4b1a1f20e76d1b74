package io.credence.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import io.credence.it.RegistryServer;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.wire.CredenceSerde;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/**
 * How long a restart of a model of 100,000 weights takes to its first prediction, after SIGTERM and after SIGKILL, with
 * default time-outs. Run it with {@code -Dit.test=RestartHarness}; it prints its figures.
 */
final class RestartHarness {
    private static final int LABELLED = 400;
    /** What the harness shortens for its kills, as Kafka has it. */
    private static final Map<String, String> KAFKAS_TIMES = Map.of(
            "group.initial.rebalance.delay.ms", "3000",
            "group.streams.initial.rebalance.delay.ms", "3000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000");

    @Test
    void shouldPredictSoonWhenALargeModelIsRestarted() throws Exception {
        CrashSettings run = CrashSettings.fromSystem();
        Path directory = CrashSettings.directory().resolve("restart-" + System.nanoTime());
        try (RegistryServer registry = RegistryServer.start();
                Brokers brokers = Brokers.start(1, directory.resolve("brokers"), KAFKAS_TIMES)) {
            Application application = Application.of("single:classic", run, brokers.bootstrap(), registry.url());
            Path config = application.write(directory);
            // The same application with a large network and without the harness's own time-outs.
            List<String> kept = Files.readAllLines(config).stream()
                    .filter(l ->
                            !l.matches("(consumer|producer|num|credence.(hidden|check|samples|publish|batch|score)).*"))
                    .toList();
            Files.write(config, kept);
            Files.writeString(config, "\ncredence.hidden=300,330\n", StandardOpenOption.APPEND);
            try (Admin admin = Admin.create(brokers.clientSettings())) {
                admin.createTopics(List.of(
                                new NewTopic(application.labelled(), Application.PARTITIONS, (short) 1),
                                new NewTopic(application.unlabelled(), Application.PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            measure(brokers, application, new Instance(0, directory, config, "1g"));
        }
    }

    private static void measure(Brokers brokers, Application application, Instance instance) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Feed feed = new Feed(application, brokers.bootstrap(), 1)) {
            instance.start();
            var feeding = CompletableFuture.runAsync(() -> feed.run(LABELLED, LABELLED, 0, 40, over::get));
            awaitScored(brokers, application, feed.ledger().unlabelled.size());
            awaitLearned(brokers, application, LABELLED);
            double stopped = after(() -> instance.stop(), instance, brokers, application, feed);
            System.out.printf("  SIGTERM to the first prediction of an event sent after it: %.1f s%n", stopped);
            awaitLearned(brokers, application, feed.ledger().labelled.size());
            double killed = after(() -> instance.kill(), instance, brokers, application, feed);
            System.out.printf("  SIGKILL to the same: %.1f s%n", killed);
            over.set(true);
            Wait.until("the end of the feed", feed::toSend, feeding::isDone);
            feeding.get();
            assertTrue(stopped < 10, "restart after SIGTERM took " + stopped + " s");
        } finally {
            instance.discard();
        }
    }

    /** Something that ends an instance. */
    private interface End {
        void run() throws Exception;
    }

    private static double after(End end, Instance instance, Brokers brokers, Application application, Feed feed)
            throws Exception {
        long start = System.nanoTime();
        end.run();
        double gone = (System.nanoTime() - start) / 1e9;
        int fed = feed.ledger().unlabelled.size();
        instance.start();
        awaitScored(brokers, application, fed + 1);
        double took = (System.nanoTime() - start) / 1e9;
        System.out.printf("  the process was gone after %.1f s%n", gone);
        return took;
    }

    /** Waits until a model that has learned so many events is published: the instance does all of its work. */
    private static void awaitLearned(Brokers brokers, Application application, long events) {
        var codec = CredenceSerde.of(PosteriorChunk.class, application.config().serde())
                .deserializer();
        AtomicLong learned = new AtomicLong();
        try (Committed posteriors = new Committed(
                brokers.clientSettings(), application.config().topics().posteriors())) {
            Wait.atLeast("events learned", events, () -> {
                for (var record : posteriors.poll()) {
                    learned.set(
                            codec.deserialize(record.topic(), record.value()).getEvents());
                }
                return learned;
            });
        }
    }

    private static void awaitScored(Brokers brokers, Application application, int wanted) throws Exception {
        String topic = application.config().topics().scored();
        try (GroupPositions positions = new GroupPositions(brokers.bootstrap())) {
            Wait.until("topic " + topic, positions, () -> positions.topics().contains(topic));
        }
        AtomicInteger seen = new AtomicInteger();
        try (Committed scored = new Committed(brokers.clientSettings(), topic)) {
            Wait.atLeast("events scored", Math.max(1, wanted), () -> {
                scored.poll().forEach(record -> seen.incrementAndGet());
                return seen;
            });
        }
    }
}
