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
        try (Points points = new Points(cluster, "storm-" + protocol)) {
            CredenceConfig config = points.config("group.protocol", protocol);
            try (CredenceService steady = new CredenceService(config)) {
                steady.start();
                for (int round = 0; round < 3; round++) {
                    try (CredenceService first = new CredenceService(config);
                            CredenceService second = new CredenceService(config)) {
                        CompletableFuture<Void> starting = CompletableFuture.runAsync(first::start);
                        points.send(10);
                        cluster.await("the start of the first", starting::isDone);
                        starting.get();
                        second.start();
                        points.send(10);
                        cluster.await("a first that is ready", first::ready);
                        points.send(10);
                    }
                    points.send(10);
                }
                points.verifyOnce();
                assertEquals(0, steady.exitCode());
            }
        }
    }

    @Test
    void shouldScoreAndLearnEveryEventOnceWhenAConsumerIsTooSlowForItsGroup() throws Exception {
        try (Points points = new Points(cluster, "slow")) {
            CredenceConfig config = points.config(
                    "credence.value.serde", StuckSerde.class.getName(),
                    "main.consumer.max.poll.interval.ms", "2000",
                    "main.consumer.session.timeout.ms", "6000",
                    "producer.transaction.timeout.ms", "3000");
            try (CredenceService slow = new CredenceService(config);
                    CredenceService other = new CredenceService(config);
                    AutoCloseable free = StuckSerde::letGo) {
                slow.start();
                points.send(20);
                points.awaitScored();

                StuckSerde.arm();
                points.send(20);
                cluster.await("a record on which the slow one is stuck", StuckSerde::stuck);
                other.start();
                // The slow one still holds its record: the other one has taken over all there is.
                points.awaitScored();

                StuckSerde.letGo();
                points.send(20);
                cluster.await("a slow one that is ready again", slow::ready);
                points.awaitScored();
                other.close();
                points.send(20);
                points.verifyOnce();
                assertEquals(0, slow.exitCode());
            }
        }
    }
}
