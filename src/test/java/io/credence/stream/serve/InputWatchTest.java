package io.credence.stream.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.stream.serve.InputWatch.Seen;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class InputWatchTest {
    private final Map<String, Seen> topics = new HashMap<>();
    private final AtomicInteger restarts = new AtomicInteger();
    private final InputWatch watch = new InputWatch(() -> Map.copyOf(topics), restarts::incrementAndGet, "bike");
    private final Uuid id = new Uuid(7, 7);

    @Test
    void shouldActOnceWhenATopicHasMorePartitions() {
        look("a", new Seen(id, 1));
        look("b", new Seen(id, 3));
        assertEquals(0, restarts.get());
        look("a", new Seen(id, 2));
        look("a", new Seen(id, 2));
        assertEquals(1, restarts.get());
    }

    @Test
    void shouldLeaveTheStreamsAloneWhenATopicIsGoneOrComesBackAsItWas() {
        look("a", new Seen(id, 3));
        topics.clear();
        watch.look();
        look("a", new Seen(new Uuid(8, 8), 3));
        look("a", new Seen(new Uuid(9, 9), 2));
        assertEquals(0, restarts.get());
    }

    @Test
    void shouldGoOnLookingWhenTheBrokerDoesNotAnswer() {
        AtomicInteger looks = new AtomicInteger();
        InputWatch unlucky = new InputWatch(
                () -> {
                    if (looks.incrementAndGet() == 2) {
                        throw new StartupException("away");
                    }
                    return Map.of("a", new Seen(id, looks.get()));
                },
                restarts::incrementAndGet,
                "bike");
        for (int i = 0; i < 3; i++) {
            unlucky.look();
        }
        assertEquals(1, restarts.get());
    }

    private void look(String topic, Seen seen) {
        topics.put(topic, seen);
        watch.look();
    }
}
