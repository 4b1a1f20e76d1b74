package io.credence.stream.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Waiting parts in a store, so that their offsets may be committed: the raw records, in {@link RawRecordFormat}.
 * Commands are rare and may be large, so that what is done with is deleted.
 */
public final class StoredParts implements WaitingParts {
    private final KeyValueStore<Bytes, byte[]> store;
    private final String modelKey;
    private int count;

    /** The parts of a model as they are stored. */
    public StoredParts(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        this.store = store;
        this.modelKey = modelKey;
        while (store.get(key(count)) != null) {
            count++;
        }
    }

    @Override
    public List<RawRecord> all() {
        List<RawRecord> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = store.get(key(i));
            if (bytes == null) {
                throw StoredBytesException.corrupt("a stored command", "part " + i + " is missing");
            }
            parts.add(RawRecordFormat.decode(bytes));
        }
        return parts;
    }

    @Override
    public void add(RawRecord part) {
        store.put(key(count), RawRecordFormat.encode(part));
        count++;
    }

    @Override
    public void clear() {
        while (count > 0) {
            count--;
            store.delete(key(count));
        }
    }

    private Bytes key(int index) {
        return StoreKey.of(StoreKey.PART, modelKey, index);
    }
}
