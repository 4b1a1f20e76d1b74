package io.credence.stream.state;

import io.credence.bayes.drift.ChangeWatch;
import io.credence.stream.wire.Origin;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Where the first events of a model's last blocks lie: those with which a change may have begun. */
public final class BlockPlaces {
    /** More than there are blocks in a stretch. */
    private static final int KEPT = 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private final String modelKey;

    BlockPlaces(KeyValueStore<Bytes, byte[]> store, String modelKey) {
        this.store = store;
        this.modelKey = modelKey;
    }

    /** Takes the place of a labelled event, if a block begins with it. */
    public void take(long number, Origin at) {
        if (number % ChangeWatch.BLOCK == 1) {
            store.put(key(number), encode(number, at));
        }
    }

    /** The place of the first event of a block; null if it is not known. */
    public @Nullable Origin of(long number) {
        byte[] bytes = store.get(key(number));
        return bytes == null ? null : decode(number, bytes);
    }

    private Bytes key(long number) {
        return StoreKey.of(StoreKey.PLACE, modelKey, (int) (number / ChangeWatch.BLOCK % KEPT));
    }

    /**
     * The stored bytes, version 1, little-endian.
     *
     * <pre>
     *  0  u8   format version, 1
     *  1  u32  CRC-32C of bytes 5 to the end
     *  5  i64  number of the event
     * 13  i32  partition
     * 17  i64  offset
     * 25  i32  length, then UTF-8: topic
     * </pre>
     */
    static byte[] encode(long number, Origin at) {
        byte[] topic = Frame.utf8(at.topic());
        var frame = Frame.create(1, 2 * Long.BYTES + Integer.BYTES + Frame.sizeOf(topic))
                .putLong(number)
                .putInt(at.partition())
                .putLong(at.offset());
        Frame.putBytes(frame, topic);
        return Frame.seal(frame);
    }

    static @Nullable Origin decode(long number, byte[] bytes) {
        record Stored(long number, Origin at) {}
        Stored stored = Frame.read("the stored place of an event", bytes, 1, body -> {
            long of = body.getLong();
            int partition = body.getInt();
            long offset = body.getLong();
            return new Stored(of, new Origin(Frame.getText(body), partition, offset));
        });
        return stored.number == number ? stored.at : null;
    }
}
