package io.credence.stream.state;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Values by id, which leave in the order in which they came: bounded by the time since, and by bytes.
 *
 * <p>Each has a number, by which it is stored; where the number of an id is, is on the heap alone and read back from the
 * store. A value that leaves is deleted, so that its memory is free, and costs a tombstone in the changelog: ids do not come
 * again, so that no slot could be overwritten without keeping what is in it until then.
 *
 * <p>Key: {@link StoreKey} of the number. Value, version 1, little-endian:
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  event time that had gone by when it came, milliseconds, as {@link StoredClock} has it
 * 13  i32  length, then UTF-8: id
 *  …  i32  length, then bytes: the value
 * </pre>
 */
public final class ArrivalStore {
    /** What an id takes of the heap beside its text: entries of two maps, a place and the stored key. */
    private static final int BESIDE = 250;

    private static final String WHAT = "a stored value by id";

    private final KeyValueStore<Bytes, byte[]> store;
    private final long mostMs;
    private final long mostBytes;
    private final StoredClock clock;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private long bytes;
    private long next;

    private record Place(long number, long since, int bytes) {}

    private record Entry(String id, long since, byte[] value) {}

    /**
     * The values in a store.
     *
     * @param mostMs milliseconds of event time after which a value leaves; a late one counts from when it came.
     *     Sources that take turns do not make each other's leave earlier; one that goes on by more than that while nothing is
     *     heard of another does
     * @param mostBytes of all values with what belongs to them
     */
    public ArrivalStore(KeyValueStore<Bytes, byte[]> store, long mostMs, long mostBytes) {
        this.store = store;
        this.mostMs = mostMs;
        this.mostBytes = mostBytes;
        this.clock = new StoredClock(store, 0, mostMs);
        scan((number, stored) -> {
            Entry entry = decode(stored);
            place(entry.id, number, entry.since, stored.length);
        });
    }

    private void scan(BiConsumer<Long, byte[]> each) {
        try (var stored = store.prefixScan(new byte[] {StoreKey.ARRIVAL}, new ByteArraySerializer())) {
            stored.forEachRemaining(entry -> each.accept(StoreKey.number(entry.key), entry.value));
        }
    }

    private void place(String id, long number, long since, int length) {
        Place place = new Place(number, since, length + 2 * id.length() + BESIDE);
        Place before = places.put(id, place);
        bytes += place.bytes - (before == null ? 0 : before.bytes);
        next = Math.max(next, number + 1);
    }

    /** Takes note of the event time of a record, milliseconds since the epoch. */
    public void note(long time) {
        clock.note(time);
    }

    /** How many there are. */
    public int size() {
        return places.size();
    }

    /** What they take, bytes. */
    public long bytes() {
        return bytes;
    }

    /** Whether there is a value of an id. */
    public boolean contains(String id) {
        return places.containsKey(id);
    }

    /** The value of an id; null if there is none. */
    public byte @Nullable [] get(String id) {
        Place place = places.get(id);
        if (place == null) {
            return null;
        }
        byte[] stored = store.get(key(place.number));
        if (stored == null) {
            throw StoredBytesException.corrupt(WHAT, "number " + place.number + " is missing");
        }
        return decode(stored).value;
    }

    /** Gives an id a value. One that has a value keeps its place in the order. */
    public void put(String id, byte[] value) {
        Place known = places.get(id);
        long number = known == null ? next : known.number;
        long since = known == null ? clock.atLast() : known.since;
        byte[] stored = encode(id, since, value);
        store.put(key(number), stored);
        place(id, number, since, stored.length);
    }

    /** Takes a value away. */
    public void remove(String id) {
        Place gone = places.remove(id);
        if (gone != null) {
            bytes -= gone.bytes;
            store.delete(key(gone.number));
        }
    }

    /** The id of the oldest value, if it has to leave; else null. */
    public @Nullable String due() {
        if (places.isEmpty()) {
            return null;
        }
        Map.Entry<String, Place> oldest = places.entrySet().iterator().next();
        return bytes > mostBytes || isPast(oldest.getValue()) ? oldest.getKey() : null;
    }

    private boolean isPast(Place place) {
        return clock.passed() - place.since > mostMs;
    }

    /** Reads all of them, in order. */
    public void forEach(BiConsumer<String, byte[]> each) {
        scan((number, stored) -> {
            Entry entry = decode(stored);
            each.accept(entry.id, entry.value);
        });
    }

    private static Bytes key(long number) {
        return StoreKey.of(StoreKey.ARRIVAL, number);
    }

    private static byte[] encode(String id, long since, byte[] value) {
        byte[] name = Frame.utf8(id);
        ByteBuffer frame = Frame.create(1, Long.BYTES + Frame.sizeOf(name) + Frame.sizeOf(value))
                .putLong(since);
        Frame.putBytes(frame, name);
        Frame.putBytes(frame, value);
        return Frame.seal(frame);
    }

    private static Entry decode(byte[] stored) {
        return Frame.read(WHAT, stored, 1, body -> {
            long since = body.getLong();
            String id = Frame.getText(body);
            byte[] value = Frame.getBytes(body);
            return new Entry(id, since, value == null ? new byte[0] : value);
        });
    }
}
