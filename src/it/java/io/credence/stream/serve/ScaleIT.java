package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.it.Cluster;
import io.credence.it.SiteFeed;
import io.credence.stream.config.CredenceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scale-out, scale-in and a rolling upgrade as the page for operators describes them, while events come. */
final class ScaleIT {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldLoseNothingWhenAThirdInstanceJoinsTwoAndOneLeaves() throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "scale")) {
            CredenceConfig config = feed.config("num.standby.replicas", "1");
            try (CredenceService first = new CredenceService(config);
                    CredenceService second = new CredenceService(config);
                    CredenceService third = new CredenceService(config)) {
                first.start();
                second.start();
                shared(feed, first, second);

                third.start();
                shared(feed, first, second, third);

                first.close();
                shared(feed, second, third);
                feed.verifyOnce();
                assertEquals(List.of(0, 0, 0), List.of(first.exitCode(), second.exitCode(), third.exitCode()));
            }
        }
    }

    @Test
    void shouldLoseNothingWhenEachInstanceIsReplacedInTurn() throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "roll")) {
            CredenceConfig config = feed.config("num.standby.replicas", "1");
            List<CredenceService> running = new ArrayList<>();
            try {
                running.add(new CredenceService(config));
                running.add(new CredenceService(config));
                for (CredenceService old : running) {
                    old.start();
                }
                shared(feed, running.toArray(CredenceService[]::new));
                for (int i = 0; i < 2; i++) {
                    running.get(i).close();
                    assertEquals(0, running.get(i).awaitStop());
                    feed.send(10);
                    running.set(i, new CredenceService(config));
                    running.get(i).start();
                    shared(feed, running.toArray(CredenceService[]::new));
                }
                feed.verifyOnce();
            } finally {
                running.forEach(CredenceService::close);
            }
        }
    }

    /** Waits until every instance has tasks, no two the same, and then for events that each of them does some of. */
    private static void shared(SiteFeed feed, CredenceService... services) throws Exception {
        feed.send(10);
        // Three input partitions of each kind, and three of the training and of the notices topic.
        cluster.await("twelve tasks, each with one of " + services.length + " instances", () -> {
            List<Set<String>> tasks = Stream.of(services).map(ScaleIT::tasks).toList();
            Set<String> distinct = new TreeSet<>();
            tasks.forEach(distinct::addAll);
            return tasks.stream().mapToInt(Set::size).sum() == 12
                    && distinct.size() == 12
                    && tasks.stream().noneMatch(Set::isEmpty);
        });
        cluster.await("instances that are ready", () -> Stream.of(services).allMatch(CredenceService::ready));
        feed.send(10);
        feed.awaitScored();
    }

    private static Set<String> tasks(CredenceService service) {
        Set<String> tasks = new TreeSet<>();
        service.streams()
                .map(KafkaStreams::metadataForLocalThreads)
                .ifPresent(threads -> threads.forEach(thread -> thread.activeTasks()
                        .forEach(task -> tasks.add(task.taskId().toString()))));
        return tasks;
    }
}
