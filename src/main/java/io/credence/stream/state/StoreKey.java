package io.credence.stream.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The key of a stored value.
 *
 * <pre>
 *  0    u8   kind
 *  1    …    UTF-8: owner, usually the model key
 * n−4   i32  index, big-endian so that keys sort by it
 * </pre>
 *
 * <p>What has no owner has its number in their place, an i64, big-endian.
 */
final class StoreKey {
    /** Position of a ring. */
    static final byte POSITION = 0;
    /** What was published or used last. */
    static final byte MARKS = 1;
    /** A chunk of the learner's state. */
    static final byte CHUNK = 2;
    /** A slot of a ring or a reservoir. */
    static final byte SLOT = 3;
    /** A part of a command that has not arrived completely. */
    static final byte PART = 5;
    /** The labels that a learner has taken. */
    static final byte LEARNED = 6;
    /** What is remembered of a warm-up. */
    static final byte WARM_UP = 7;
    /** An event that waits for its model to warm up. */
    static final byte WAITING = 8;
    /** What is kept by id, in the order of arrival. */
    static final byte ARRIVAL = 9;
    /** The event time of what a task has read. */
    static final byte CLOCK = 10;
    /** The episodes of a model. */
    static final byte EPISODES = 12;
    /** Where an event lies with which a block of them begins. */
    static final byte PLACE = 20;

    private StoreKey() {}

    static Bytes of(byte kind, String owner, int index) {
        return of(kind, Frame.utf8(owner), index);
    }

    /** The key of a value that is numbered and has no owner. */
    static Bytes of(byte kind, long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array());
    }

    /** The number in the key of such a value. */
    static long number(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }

    static Bytes of(byte kind, byte[] owner, int index) {
        return Bytes.wrap(ByteBuffer.allocate(1 + owner.length + Integer.BYTES)
                .put(kind)
                .put(owner)
                .putInt(index)
                .array());
    }

    /** Everyone who has a key of a kind. */
    static List<String> owners(KeyValueStore<Bytes, byte[]> store, byte kind) {
        List<String> owners = new ArrayList<>();
        try (var entries = store.prefixScan(new byte[] {kind}, new ByteArraySerializer())) {
            entries.forEachRemaining(entry -> owners.add(owner(entry.key)));
        }
        return owners;
    }

    private static String owner(Bytes key) {
        byte[] bytes = key.get();
        return new String(bytes, 1, bytes.length - 1 - Integer.BYTES, StandardCharsets.UTF_8);
    }
}
