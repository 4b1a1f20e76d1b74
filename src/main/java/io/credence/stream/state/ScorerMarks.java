package io.credence.stream.state;

import io.credence.bayes.predict.ModelVersion;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a scoring task remembers of a model: the last version that it used.
 *
 * @param version the last used version, before any other until there is one
 */
public record ScorerMarks(ModelVersion version) {
    /** Nothing scored. */
    public static final ScorerMarks NONE = new ScorerMarks(new ModelVersion(-1, -1));

    /** The marks of a model in the store of a scoring task. */
    public static ScorerMarks read(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        byte[] bytes = store.get(key(modelKey));
        return bytes == null ? NONE : decode(bytes);
    }

    /** Remembers these as the marks of a model. */
    public void write(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        store.put(key(modelKey), encode());
    }

    private static Bytes key(String modelKey) {
        return StoreKey.of(StoreKey.MARKS, modelKey, 0);
    }

    /**
     * The stored bytes, version 1, little-endian.
     *
     * <pre>
     *  0  u8   format version, 1
     *  1  u32  CRC-32C of bytes 5 to the end
     *  5  i64  epoch
     * 13  i64  step
     * </pre>
     */
    public byte[] encode() {
        return Frame.seal(
                Frame.create(1, 2 * Long.BYTES).putLong(version.epoch()).putLong(version.step()));
    }

    /**
     * The marks in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static ScorerMarks decode(byte[] bytes) {
        return Frame.read(
                "the stored mark of the last used model",
                bytes,
                1,
                body -> new ScorerMarks(new ModelVersion(body.getLong(), body.getLong())));
    }
}
