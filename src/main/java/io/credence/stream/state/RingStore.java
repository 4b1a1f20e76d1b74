package io.credence.stream.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A queue in a key-value store: a fixed ring of slots overwritten in place, and a stored position.
 *
 * <p>Nothing is ever deleted, because a delete costs a tombstone in the changelog for each key and commit, while slots
 * that are overwritten within one commit reach it once. Entry n lies in slot n mod capacity; the live entries are
 * tail … head − 1. A slot ends with the number of its entry, so that an append costs one write: entries beyond the
 * stored head are found by their numbers.
 *
 * <p>Position, version 1, little-endian:
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  head: entries appended when this was written
 * 13  i64  tail: entries ever released
 * 21  i32  capacity
 * </pre>
 *
 * <p>Slot: the entry's bytes, then i64 n, little-endian.
 */
public final class RingStore {
    private static final int VERSION = 1;
    private static final long NO_ENTRY = -1;
    private static final int MOST_SLOTS = 1 << 20;
    private static final String WHAT = "the stored position of a ring";
    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] owner;
    private final Bytes positionKey;
    private long head;
    private long tail;
    private int capacity;
    private boolean stored;

    /**
     * The ring of an owner as it is stored; an empty one if there is none.
     *
     * @param owner whose ring it is: several may share a store
     * @param capacity slots wanted; a ring that was stored with more keeps them
     * @throws StoredBytesException if the stored position is corrupt or of an unknown version
     */
    public RingStore(KeyValueStore<Bytes, byte[]> store, String owner, int capacity) {
        this.store = store;
        this.owner = Frame.utf8(owner);
        this.positionKey = StoreKey.of(StoreKey.POSITION, this.owner, 0);
        this.capacity = capacity;
        byte[] position = store.get(positionKey);
        if (position != null) {
            stored = true;
            Frame.read(WHAT, position, VERSION, this::place);
            while (!isFull() && numberOf(store.get(slot(head))) == head) {
                head++;
            }
            grow(capacity);
        }
    }

    private RingStore place(ByteBuffer body) {
        head = body.getLong();
        tail = body.getLong();
        capacity = body.getInt();
        if (tail < 0 || head < tail || capacity < 1 || capacity > MOST_SLOTS || head - tail > capacity) {
            throw StoredBytesException.corrupt(WHAT, tail + "…" + head + " in " + capacity + " slots");
        }
        return this;
    }

    /** Entries ever appended. */
    public long head() {
        return head;
    }

    /** Entries ever released. */
    public long tail() {
        return tail;
    }

    /** Live entries. */
    public int size() {
        return (int) (head - tail);
    }

    /** Whether an entry must be released before the next can be appended. */
    public boolean isFull() {
        return size() == capacity;
    }

    /**
     * Adds an entry at the head.
     *
     * @throws IllegalStateException if the ring is full
     */
    public void append(byte[] entry) {
        if (isFull()) {
            throw new IllegalStateException("the ring's " + capacity + " slots are all live");
        }
        store.put(slot(head), numbered(entry, head));
        head++;
        if (!stored) {
            writePosition();
        }
    }

    /**
     * Releases entries from the tail, so that their slots may be overwritten.
     *
     * @param newTail the first entry that stays live, tail … head
     */
    public void release(long newTail) {
        if (newTail < tail || newTail > head) {
            throw new IllegalArgumentException("entry " + newTail + " is not in " + tail + "…" + head);
        }
        if (newTail != tail) {
            tail = newTail;
            writePosition();
        }
    }

    /** The live entries, oldest first. */
    public List<byte[]> entries() {
        List<byte[]> entries = new ArrayList<>(size());
        for (long n = tail; n < head; n++) {
            byte[] bytes = store.get(slot(n));
            if (numberOf(bytes) != n || bytes == null) {
                throw missing(n);
            }
            entries.add(Arrays.copyOf(bytes, bytes.length - Long.BYTES));
        }
        return entries;
    }

    private static StoredBytesException missing(long n) {
        return StoredBytesException.corrupt("a stored ring", "entry " + n + " is missing");
    }

    private void grow(int wanted) {
        if (wanted > capacity) {
            List<byte[]> live = entries();
            capacity = wanted;
            for (int i = 0; i < live.size(); i++) {
                store.put(slot(tail + i), numbered(live.get(i), tail + i));
            }
            writePosition();
        }
    }

    private static byte[] numbered(byte[] entry, long n) {
        byte[] bytes = Arrays.copyOf(entry, entry.length + Long.BYTES);
        NUMBER.set(bytes, entry.length, n);
        return bytes;
    }

    private static long numberOf(byte @Nullable [] bytes) {
        return bytes == null || bytes.length < Long.BYTES
                ? NO_ENTRY
                : (long) NUMBER.get(bytes, bytes.length - Long.BYTES);
    }

    private Bytes slot(long n) {
        return StoreKey.of(StoreKey.SLOT, owner, (int) (n % capacity));
    }

    private void writePosition() {
        stored = true;
        store.put(
                positionKey,
                Frame.seal(Frame.create(VERSION, 2 * Long.BYTES + Integer.BYTES)
                        .putLong(head)
                        .putLong(tail)
                        .putInt(capacity)));
    }
}
