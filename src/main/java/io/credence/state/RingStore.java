package io.credence.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A queue in a key-value store: a fixed ring of slots overwritten in place, and a stored position.
 *
 * <p>Nothing is ever deleted, because a delete costs a tombstone in the changelog for each key and commit, while slots
 * that are overwritten within one commit reach it once. Entry n lies in slot n mod capacity; the live entries are
 * tail … head − 1.
 *
 * <p>Position, version 1, little-endian:
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  head: entries ever appended
 * 13  i64  tail: entries ever released
 * 21  i32  capacity
 * </pre>
 */
public final class RingStore {
    private static final int VERSION = 1;
    private static final String WHAT = "the stored position of a ring";

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] owner;
    private final Bytes positionKey;
    private long head;
    private long tail;
    private int capacity;

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
        byte[] stored = store.get(positionKey);
        if (stored != null) {
            Frame.read(WHAT, stored, VERSION, this::place);
            grow(capacity);
        }
    }

    private RingStore place(ByteBuffer body) {
        head = body.getLong();
        tail = body.getLong();
        capacity = body.getInt();
        if (tail < 0 || head < tail || capacity < 1 || head - tail > capacity) {
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
        store.put(slot(head), entry);
        head++;
        store.put(positionKey, position());
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
            store.put(positionKey, position());
        }
    }

    /** The live entries, oldest first. */
    public List<byte[]> entries() {
        List<byte[]> entries = new ArrayList<>(size());
        for (long n = tail; n < head; n++) {
            byte[] entry = store.get(slot(n));
            if (entry == null) {
                throw StoredBytesException.corrupt("a stored ring", "entry " + n + " is missing");
            }
            entries.add(entry);
        }
        return entries;
    }

    private void grow(int wanted) {
        if (wanted > capacity) {
            List<byte[]> live = entries();
            capacity = wanted;
            for (int i = 0; i < live.size(); i++) {
                store.put(slot(tail + i), live.get(i));
            }
            store.put(positionKey, position());
        }
    }

    private Bytes slot(long n) {
        return StoreKey.of(StoreKey.SLOT, owner, (int) (n % capacity));
    }

    private byte[] position() {
        return Frame.seal(Frame.create(VERSION, 2 * Long.BYTES + Integer.BYTES)
                .putLong(head)
                .putLong(tail)
                .putInt(capacity));
    }
}
