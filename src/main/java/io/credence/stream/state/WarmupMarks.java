package io.credence.stream.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a scoring task remembers of a model's warm-up.
 *
 * @param over whether an event was scored by a model that was warm and had learned what was waited for
 * @param read the last label that the task has seen of the model in each partition; not kept up once it is over
 */
public record WarmupMarks(boolean over, SourceOffsets read) {
    /** Nothing seen. */
    public static final WarmupMarks NONE = new WarmupMarks(false, SourceOffsets.NONE);

    /** A warm-up that is over. */
    public static final WarmupMarks OVER = new WarmupMarks(true, SourceOffsets.NONE);

    /** The marks of a model in the store of a scoring task. */
    public static WarmupMarks read(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        byte[] bytes = store.get(key(modelKey));
        return bytes == null ? NONE : decode(bytes);
    }

    /** Remembers these as the marks of a model. */
    public void write(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        store.put(key(modelKey), encode());
    }

    private static Bytes key(String modelKey) {
        return StoreKey.of(StoreKey.WARM_UP, modelKey, 0);
    }

    /**
     * The stored bytes, version 1, little-endian.
     *
     * <pre>
     *  0  u8   format version, 1
     *  1  u32  CRC-32C of bytes 5 to the end
     *  5  u8   1 if it is over, else 0
     *  6  …    labels read: SourceOffsets
     * </pre>
     */
    public byte[] encode() {
        ByteBuffer frame = Frame.create(1, 1 + read.size()).put((byte) (over ? 1 : 0));
        read.put(frame);
        return Frame.seal(frame);
    }

    /**
     * The marks in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static WarmupMarks decode(byte[] bytes) {
        return Frame.read(
                "the stored mark of a warm-up",
                bytes,
                1,
                body -> new WarmupMarks(body.get() != 0, SourceOffsets.get(body)));
    }
}
