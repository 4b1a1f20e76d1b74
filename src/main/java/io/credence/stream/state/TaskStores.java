package io.credence.stream.state;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The stores of a learning task; every model has its own keys in them.
 *
 * @param state checkpoints and marks
 * @param ring the redo log
 * @param reservoir the replay reservoir
 * @param fingerprint the configured shape
 * @param ringCapacity slots of the redo log: at least the examples between checkpoints plus one minibatch
 * @param chunkBytes most payload bytes of a chunk
 */
public record TaskStores(
        KeyValueStore<Bytes, byte[]> state,
        KeyValueStore<Bytes, byte[]> ring,
        KeyValueStore<Bytes, byte[]> reservoir,
        long fingerprint,
        int ringCapacity,
        int chunkBytes) {
    /** One model. */
    public LearnerStore open(String modelKey) {
        return new LearnerStore(this, modelKey);
    }

    /** The models that have logged examples. */
    public List<String> models() {
        return StoreKey.owners(ring, StoreKey.POSITION);
    }
}
