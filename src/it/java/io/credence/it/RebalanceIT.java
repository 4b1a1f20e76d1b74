package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that change hands all the time, and a consumer that is put out of its group for being slow. */
final class RebalanceIT {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldScoreAndLearnEveryEventOnceWhenInstancesComeAndGo(String protocol) throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "storm-" + protocol)) {
            CredenceConfig config = feed.config("group.protocol", protocol);
            try (CredenceService steady = new CredenceService(config)) {
                steady.start();
                for (int round = 0; round < 3; round++) {
                    try (CredenceService first = new CredenceService(config);
                            CredenceService second = new CredenceService(config)) {
                        CompletableFuture<Void> starting = CompletableFuture.runAsync(first::start);
                        feed.send(10);
                        cluster.await("the start of the first", starting::isDone);
                        starting.get();
                        second.start();
                        feed.send(10);
                        cluster.await("a first that is ready", first::ready);
                        feed.send(10);
                    }
                    feed.send(10);
                }
                feed.verifyOnce();
                assertEquals(0, steady.exitCode());
            }
        }
    }

    @Test
    void shouldScoreAndLearnEveryEventOnceWhenAConsumerIsTooSlowForItsGroup() throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "slow")) {
            CredenceConfig config = feed.config(
                    "credence.value.serde", StuckSerde.class.getName(),
                    "main.consumer.max.poll.interval.ms", "2000",
                    "main.consumer.session.timeout.ms", "6000",
                    "producer.transaction.timeout.ms", "3000");
            try (CredenceService slow = new CredenceService(config);
                    CredenceService other = new CredenceService(config);
                    AutoCloseable free = StuckSerde::letGo) {
                slow.start();
                feed.send(20);
                feed.awaitScored();

                StuckSerde.arm();
                feed.send(20);
                cluster.await("a record on which the slow one is stuck", StuckSerde::stuck);
                other.start();
                // The slow one still holds its record: the other one has taken over all there is.
                feed.awaitScored();

                StuckSerde.letGo();
                feed.send(20);
                cluster.await("a slow one that is ready again", slow::ready);
                feed.awaitScored();
                other.close();
                feed.send(20);
                feed.verifyOnce();
                assertEquals(0, slow.exitCode());
            }
        }
    }
}
