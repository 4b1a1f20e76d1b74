package io.credence.stream.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The events that wait for their models to warm up, in a store, so that their offsets may be committed.
 *
 * <p>Models warm up one after the other, and their events leave in that order: no ring would do, and what has left is
 * deleted. Warm-ups are rare.
 *
 * <p>Key: {@link StoreKey} of the event's number. Value, version 1, little-endian:
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  when it came, wall clock, milliseconds since the epoch
 * 13  …    labels that it waits for: SourceOffsets
 *  …  i32  length, then bytes: the event, as RawRecordFormat has it
 * </pre>
 */
public final class WaitingEvents {
    private static final String WHAT = "a stored event that waits for its model";

    private final KeyValueStore<Bytes, byte[]> store;
    private long next;

    /**
     * An event that waits.
     *
     * @param number of it; those that came later have higher ones
     * @param since when it came, wall clock, milliseconds since the epoch
     * @param labels that it waits for
     * @param raw the event
     * @param bytes that it takes in the store
     */
    public record Waiting(long number, long since, SourceOffsets labels, RawRecord raw, int bytes) {}

    /** The events in a store. */
    public WaitingEvents(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Adds an event. */
    public Waiting add(long since, SourceOffsets labels, RawRecord raw) {
        byte[] value = encode(since, labels, raw);
        Waiting added = new Waiting(next, since, labels, raw, value.length);
        store.put(StoreKey.of(StoreKey.WAITING, next), value);
        next++;
        return added;
    }

    /** Takes an event away. */
    public void remove(Waiting waiting) {
        store.delete(StoreKey.of(StoreKey.WAITING, waiting.number));
    }

    /** All of them, as they came. */
    public List<Waiting> all() {
        List<Waiting> all = new ArrayList<>();
        try (var stored = store.prefixScan(new byte[] {StoreKey.WAITING}, new ByteArraySerializer())) {
            stored.forEachRemaining(entry -> all.add(decode(StoreKey.number(entry.key), entry.value)));
        }
        next = all.isEmpty() ? 0 : all.get(all.size() - 1).number + 1;
        return all;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        try (var stored = store.prefixScan(new byte[] {StoreKey.WAITING}, new ByteArraySerializer())) {
            return !stored.hasNext();
        }
    }

    static byte[] encode(long since, SourceOffsets labels, RawRecord raw) {
        byte[] event = RawRecordFormat.encode(raw);
        ByteBuffer frame = Frame.create(1, Long.BYTES + labels.size() + Frame.sizeOf(event))
                .putLong(since);
        labels.put(frame);
        Frame.putBytes(frame, event);
        return Frame.seal(frame);
    }

    static Waiting decode(long number, byte[] value) {
        return Frame.read(WHAT, value, 1, body -> {
            long since = body.getLong();
            SourceOffsets labels = SourceOffsets.get(body);
            byte[] event = Frame.getBytes(body);
            if (event == null) {
                throw StoredBytesException.corrupt(WHAT, "there is no event in it");
            }
            return new Waiting(number, since, labels, RawRecordFormat.decode(event), value.length);
        });
    }
}
