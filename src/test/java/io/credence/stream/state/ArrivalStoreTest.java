package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalStoreTest {
    private static final long MOST = 1_000;

    private final ArrivalStore store = new ArrivalStore(MapStore.create("arrivals"), MOST, 1 << 20);

    /** By a map of when each came; four sources, each at the same pace and far from the others. */
    @Test
    void shouldKeepEachForItsTimeWhateverOrderTheTimesOfSourcesComeIn() {
        Random random = new Random(7);
        long[] sources = {500_000, 0, 270_000, 2_000_000};
        Map<String, Long> came = new HashMap<>();
        int most = 0;
        for (int i = 0; i < 20_000; ) {
            int source = random.nextInt(sources.length);
            for (int block = random.nextInt(6); block >= 0; block--, i++) {
                take(source + "-" + i, sources[source] + 10 * i);
                came.put(source + "-" + i, 10L * i);
            }
            long now = 10L * i;
            came.entrySet().removeIf(event -> {
                long age = now - event.getValue();
                assertTrue(age > MOST || store.contains(event.getKey()), () -> event + " was forgotten after " + age);
                return age > MOST;
            });
            most = Math.max(most, store.size());
        }
        assertTrue(most < 6 * came.size(), "at most " + most + " kept of " + came.size() + " in time");
    }

    @Test
    void shouldLetGoInOrderWhenTimeGoesOn() {
        for (int i = 0; i < 100; i++) {
            take("e" + i, i * 100L);
        }
        assertEquals(12, store.size());
        assertTrue(store.contains("e88"));
    }

    @Test
    void shouldKeepWhatIsNotOldWhenTheFirstRecordWasFromTheFarFuture() {
        take("future", 9_000_000);
        for (int i = 0; i < 100; i++) {
            take("e" + i, i * 100L);
        }
        assertTrue(store.contains("e89"));
        for (int i = 100; i < 200; i++) {
            take("e" + i, i * 100L);
        }
        assertEquals(12, store.size(), "what came first left with its time");
    }

    private void take(String id, long time) {
        store.note(time);
        for (String due = store.due(); due != null; due = store.due()) {
            store.remove(due);
        }
        store.put(id, new byte[] {1});
    }
}
