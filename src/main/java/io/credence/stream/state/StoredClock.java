package io.credence.stream.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Event time as the records that a task reads tell it, in a store.
 *
 * <p>It goes on when two records in a row say so: one from the far future moves nothing, nor does one that is late. It goes
 * back when two in a row lie a span behind it.
 *
 * <p>Value, version 1, little-endian:
 *
 * <pre>
 *  0  u8   format version, 1
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i64  now, milliseconds since the epoch
 * 13  i64  time of the last record
 * </pre>
 */
public final class StoredClock {
    private static final String WHAT = "a stored event time";

    private final KeyValueStore<Bytes, byte[]> store;
    private final Bytes key;
    private final long span;
    private long now;
    private long last;
    private boolean runs;

    /**
     * @param number tells the clocks of a store apart
     * @param span milliseconds that records in a row must lie behind it for it to go back
     */
    public StoredClock(KeyValueStore<Bytes, byte[]> store, int number, long span) {
        this.store = store;
        this.span = span;
        this.key = StoreKey.of(StoreKey.CLOCK, number);
        byte[] stored = store.get(key);
        if (stored != null) {
            Frame.read(WHAT, stored, 1, body -> {
                now = body.getLong();
                last = body.getLong();
                return this;
            });
            runs = true;
        }
    }

    /** Takes the next record's time, milliseconds since the epoch. */
    public void note(long time) {
        long low = runs ? Math.min(last, time) : time;
        long high = runs ? Math.max(last, time) : time;
        now = !runs || low > now ? low : now - high > span ? high : now;
        last = time;
        runs = true;
        ByteBuffer frame = Frame.create(1, 2 * Long.BYTES).putLong(now).putLong(last);
        store.put(key, Frame.seal(frame));
    }

    /** Event time, as far as it is sure; 0 before the first record. */
    public long now() {
        return now;
    }

    /** The time of the last record; 0 before the first. */
    public long last() {
        return last;
    }
}
