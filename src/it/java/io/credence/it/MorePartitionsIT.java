package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.stream.serve.StartupException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input topics whose partitions become more, or fewer. */
final class MorePartitionsIT {
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldGoOnWhenTheInputsGetMorePartitions(String protocol) throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "more-" + protocol)) {
            CredenceConfig config = feed.config("group.protocol", protocol);
            try (CredenceService one = new CredenceService(config);
                    CredenceService other = new CredenceService(config)) {
                one.start();
                feed.send(20);
                feed.awaitScored();
                other.start();
                feed.grow(5);
                feed.send(40);
                feed.verifyOnce();
                assertEquals(0, one.exitCode());
                assertEquals(0, other.exitCode());
            }
            assertEquals(5, cluster.partitions("more-" + protocol + "-score-marks-changelog"));
            assertEquals(5, cluster.partitions("more-" + protocol + "-score-pending-changelog"));
            assertEquals(
                    3,
                    cluster.partitions("more-" + protocol + "-learner-state-changelog"),
                    "the training topic did not grow");
        }
    }

    @Test
    void shouldGoOnWhenPartitionsWereAddedWhileNobodyRan() throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "asleep")) {
            run(feed);
            feed.grow(4);
            run(feed);
            feed.verifyOnce();
        }
    }

    @Test
    void shouldRefuseWithARemedyWhenAnInputHasFewerPartitions() throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "fewer")) {
            run(feed);
            cluster.delete("fewer-unlabelled");
            cluster.create(1, "fewer-unlabelled");
            try (CredenceService refused = new CredenceService(feed.config())) {
                String why =
                        assertThrows(StartupException.class, refused::start).getMessage();
                assertTrue(why.contains("fewer-unlabelled has 1 partition(s), but had 3"), why);
                assertTrue(why.contains("--alter --topic fewer-unlabelled --partitions 3"), why);
            }
            cluster.grow(3, "fewer-unlabelled");
            try (CredenceService again = new CredenceService(feed.config())) {
                again.start();
                cluster.await("a service that is ready", again::ready);
            }
        }
    }

    @Test
    void shouldRefuseWithoutTouchingTheModelWhenTheTrainingTopicGotMorePartitions() throws Exception {
        try (SiteFeed feed = new SiteFeed(cluster, "moved")) {
            run(feed);
            cluster.grow(7, "moved-training");
            try (CredenceService refused = new CredenceService(feed.config())) {
                String why =
                        assertThrows(StartupException.class, refused::start).getMessage();
                assertTrue(why.contains("moved-training has 7 partition(s)"), why);
                assertTrue(why.contains("credence model export"), why);
            }
            assertEquals(3, cluster.partitions("moved-learner-state-changelog"));
        }
    }

    private static void run(SiteFeed feed) throws Exception {
        try (CredenceService service = new CredenceService(feed.config())) {
            service.start();
            feed.send(20);
            feed.awaitScored();
        }
    }
}
