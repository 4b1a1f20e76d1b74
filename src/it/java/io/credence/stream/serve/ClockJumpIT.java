package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.it.Cluster;
import io.credence.it.SiteFeed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Times that no clock should show, on a real broker. */
class ClockJumpIT {
    private static final long[] TIMES = {
        System.currentTimeMillis(), 0, 1, 1L << 40, Duration.ofDays(365_000).toMillis(), Long.MAX_VALUE, 42
    };

    @Test
    void shouldScoreAndLearnEveryEventOnceWhenClocksJump() throws Exception {
        AtomicLong offset = new AtomicLong();
        try (Cluster cluster = new Cluster(Map.of());
                SiteFeed feed = new SiteFeed(cluster, "jump");
                CredenceService service =
                        new CredenceService(feed.config(), () -> System.currentTimeMillis() + offset.get())) {
            service.start();
            for (int i = 0; i < 2 * TIMES.length; i++) {
                feed.send("early" + i, TIMES[i % TIMES.length]);
            }
            feed.awaitScored();
            assertTrue(streamThread(1), "the first thread");

            offset.set(-Duration.ofHours(1).toMillis());
            cluster.await("a second thread instead of the first", () -> streamThread(2) && !streamThread(1));
            for (int i = 0; i < 2 * TIMES.length; i++) {
                feed.send("late" + i, TIMES[i % TIMES.length]);
            }
            feed.verifyOnce();
            feed.awaitScored().forEach(r -> assertTrue(known(r.timestamp()), "kept as it came: " + r.timestamp()));
            assertEquals(0, service.exitCode());
        }
    }

    private static boolean known(long timestamp) {
        for (long time : TIMES) {
            if (time == timestamp) {
                return true;
            }
        }
        return false;
    }

    private static boolean streamThread(int number) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().startsWith("jump-") && t.getName().endsWith("-StreamThread-" + number));
    }
}
