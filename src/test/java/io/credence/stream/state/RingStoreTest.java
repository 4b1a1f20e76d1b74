package io.credence.stream.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class RingStoreTest {
    private final KeyValueStore<Bytes, byte[]> store = MapStore.create("ring");

    @Test
    void shouldKeepOrderWhenSlotsAreOverwritten() {
        RingStore ring = new RingStore(store, "m", 4);
        for (int i = 0; i < 11; i++) {
            ring.append(new byte[] {(byte) i});
            ring.release(Math.max(ring.tail(), i - 2));
        }
        assertEntries(new RingStore(store, "m", 4), 8, 9, 10);
        assertEquals(5, store.approximateNumEntries(), "four slots and the position");
    }

    @Test
    void shouldRefuseToOverwriteWhenFull() {
        RingStore ring = new RingStore(store, "m", 2);
        ring.append(new byte[1]);
        ring.append(new byte[1]);
        assertTrue(ring.isFull());
        assertThrows(IllegalStateException.class, () -> ring.append(new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> ring.release(3));
    }

    @Test
    void shouldKeepEntriesWhenTheCapacityGrowsOrShrinks() {
        RingStore ring = new RingStore(store, "m", 3);
        for (int i = 0; i < 5; i++) {
            ring.append(new byte[] {(byte) i});
            ring.release(Math.max(0, i - 1));
        }
        RingStore grown = new RingStore(store, "m", 8);
        assertEntries(grown, 3, 4);
        grown.append(new byte[] {5});
        assertEntries(new RingStore(store, "m", 2), 3, 4, 5);
    }

    @Test
    void shouldKeepOwnersApartWhenTheyShareAStore() {
        new RingStore(store, "a", 2).append(new byte[] {1});
        new RingStore(store, "", 2).append(new byte[] {2});
        new RingStore(store, "a\0\0\0\0", 2).append(new byte[] {3});
        assertEntries(new RingStore(store, "a", 2), 1);
        assertEntries(new RingStore(store, "", 2), 2);
        assertEntries(new RingStore(store, "a\0\0\0\0", 2), 3);
        assertEquals(List.of("", "a", "a\0\0\0\0"), StoreKey.owners(store, StoreKey.POSITION));
    }

    @Test
    void shouldNeverChangeTheStoredKeys() {
        assertArrayEquals(
                new byte[] {3, 'm', 0, 0, 1, 2},
                StoreKey.of(StoreKey.SLOT, "m", 258).get());
        assertArrayEquals(
                new byte[] {0, 1, 2, 3}, new byte[] {StoreKey.POSITION, StoreKey.MARKS, StoreKey.CHUNK, StoreKey.SLOT});
    }

    @Test
    void shouldSayWhatToDoWhenAnEntryIsMissing() {
        new RingStore(store, "m", 2).append(new byte[] {1});
        store.delete(StoreKey.of(StoreKey.SLOT, "m", 0));
        var e = assertThrows(StoredBytesException.class, () -> new RingStore(store, "m", 2).entries());
        assertTrue(e.getMessage().contains("changelog"), e.getMessage());
    }

    @Test
    void shouldFindEntriesByTheirNumbersWhenThePositionIsOlder() {
        RingStore ring = new RingStore(store, "m", 4);
        for (int i = 0; i < 6; i++) {
            ring.append(new byte[] {(byte) i});
            ring.release(Math.max(ring.tail(), i - 1));
        }
        ring.append(new byte[] {6});
        ring.append(new byte[] {7});
        assertEntries(new RingStore(store, "m", 4), 4, 5, 6, 7);
        assertEntries(new RingStore(store, "m", 9), 4, 5, 6, 7);
    }

    @Test
    void shouldWriteOneValueForAnEntryWhenItIsNotTheFirst() {
        RingStore ring = new RingStore(store, "m", 4);
        ring.append(new byte[] {1});
        byte[] position = store.get(StoreKey.of(StoreKey.POSITION, "m", 0));
        ring.append(new byte[] {2});
        assertSame(position, store.get(StoreKey.of(StoreKey.POSITION, "m", 0)));
        assertEntries(new RingStore(store, "m", 4), 1, 2);
    }

    private static void assertEntries(RingStore ring, int... expected) {
        List<byte[]> entries = ring.entries();
        assertEquals(expected.length, entries.size());
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(new byte[] {(byte) expected[i]}, entries.get(i));
        }
    }
}
