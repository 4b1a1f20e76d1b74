package io.credence.stream.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The {@link ScorerMarks} of every model that a scoring task has used. */
public final class ScorerMarksStore {
    private final KeyValueStore<Bytes, byte[]> store;

    /** @param store the task's store */
    public ScorerMarksStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The marks of a model. */
    public ScorerMarks get(String modelKey) {
        byte[] bytes = store.get(StoreKey.of(StoreKey.MARKS, modelKey, 0));
        return bytes == null ? ScorerMarks.NONE : ScorerMarks.decode(bytes);
    }

    /** Remembers the marks of a model. */
    public void put(String modelKey, ScorerMarks marks) {
        store.put(StoreKey.of(StoreKey.MARKS, modelKey, 0), marks.encode());
    }
}
