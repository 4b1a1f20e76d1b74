package io.credence.stream.state;

import io.credence.bayes.feature.PastPlan;
import io.credence.bayes.feature.Remembered;
import io.credence.bayes.feature.SeriesMemory;
import io.credence.bayes.linalg.CounterRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The latest events of each series: event n lies in slot n mod capacity, overwritten in place.
 *
 * <p>Slot, version 2, little-endian:
 *
 * <pre>
 *  0  u8   format version, 2
 *  1  u32  CRC-32C of bytes 5 to the end
 *  5  i32  capacity
 *  9  i64  number of the event in the order of arrival
 * 17  i64  identity, 0 for none
 * 25  i64  event time, milliseconds since the epoch
 * 33  i64  events that had arrived before the label did, −1 while it is to come
 * 41  f64  label, NaN while it is to come
 * 49  i32  number of fields, then an f64 for each, NaN where it is missing
 *  …  i64  hash of what the fields and the label are
 * </pre>
 *
 * <p>A slot that was written for another capacity, or for other fields or labels, belongs to another configuration, and is not
 * read. Version 1 has no hash, and is read where the number of fields is the same.
 */
public final class SeriesStore {
    private static final int VERSION = 2;
    private static final int FIXED = 2 * Integer.BYTES + 5 * Long.BYTES + Double.BYTES;
    private static final String WHAT = "a remembered event of a series";

    private final KeyValueStore<Bytes, byte[]> store;
    private final PastPlan plan;
    private final int capacity;
    private final long meaning;

    /**
     * @param plan how many events of a series there are, and what is remembered of each
     * @param label what labels are
     */
    public SeriesStore(KeyValueStore<Bytes, byte[]> store, PastPlan plan, String label) {
        this.store = store;
        this.plan = plan;
        this.capacity = plan.capacity();
        this.meaning = CounterRandom.hash(label + "\n" + String.join("\n", plan.fields()));
    }

    /**
     * What is remembered of a series.
     *
     * @throws StoredBytesException if a slot is corrupt or of an unknown version
     */
    public SeriesMemory open(String series) {
        List<Remembered> events = new ArrayList<>();
        byte[] owner = Frame.utf8(series);
        for (int slot = 0; slot < capacity; slot++) {
            byte[] bytes = store.get(StoreKey.of(StoreKey.SLOT, owner, slot));
            if (bytes != null) {
                Frame.read(WHAT, bytes, VERSION, body -> events(body, bytes[0])).forEach(events::add);
            }
        }
        return new SeriesMemory(plan, events);
    }

    /** Writes an event that is new, or has got its label. */
    public void put(String series, Remembered event) {
        int slot = (int) (event.number() % capacity);
        store.put(StoreKey.of(StoreKey.SLOT, Frame.utf8(series), slot), encode(event));
    }

    private byte[] encode(Remembered event) {
        ByteBuffer frame = Frame.create(VERSION, FIXED + event.values().length * Double.BYTES)
                .putInt(capacity)
                .putLong(event.number())
                .putLong(event.id())
                .putLong(event.time())
                .putLong(event.answered())
                .putDouble(event.label())
                .putInt(event.values().length);
        for (double value : event.values()) {
            frame.putDouble(value);
        }
        frame.putLong(meaning);
        return Frame.seal(frame);
    }

    /** The event of a slot, or none if it was written for another feature list. */
    private List<Remembered> events(ByteBuffer body, int version) {
        int slots = body.getInt();
        long number = body.getLong();
        long id = body.getLong();
        long time = body.getLong();
        long answered = body.getLong();
        double label = body.getDouble();
        double[] values = new double[Frame.getLength(body, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = body.getDouble();
        }
        long meant = version > 1 ? body.getLong() : meaning;
        boolean ours = slots == capacity && values.length == plan.fields().size() && meant == meaning;
        return ours ? List.of(new Remembered(number, id, time, values, label, answered)) : List.of();
    }
}
