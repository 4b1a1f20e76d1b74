package io.credence.stream.state;

import io.credence.stream.wire.Origin;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The highest offset of some of the records of each input partition: of those that are learned, or of those that are
 * waited for.
 *
 * @param byPartition offset by {@code topic-partition}; a partition without such a record is left out
 */
public record SourceOffsets(SortedMap<String, Long> byPartition) {
    /** None of any partition. */
    public static final SourceOffsets NONE = new SourceOffsets(Collections.emptySortedMap());

    /** Offsets as a published model tells them. */
    public static SourceOffsets of(Map<String, Long> byPartition) {
        return byPartition.isEmpty() ? NONE : new SourceOffsets(new TreeMap<>(byPartition));
    }

    /** These and a record; an earlier one changes nothing. */
    public SourceOffsets with(Origin at) {
        SortedMap<String, Long> more = new TreeMap<>(byPartition);
        more.merge(partition(at), at.offset(), Math::max);
        return new SourceOffsets(more);
    }

    /** The name of a record's partition in {@link #byPartition}. */
    public static String partition(Origin at) {
        return at.topic() + "-" + at.partition();
    }

    /** The offset of a partition; -1 where there is none. */
    public long of(String partition) {
        return byPartition.getOrDefault(partition, -1L);
    }

    /** Whether each partition of the others is here with an offset as high. */
    public boolean covers(SourceOffsets others) {
        return others.byPartition.entrySet().stream().allMatch(asked -> of(asked.getKey()) >= asked.getValue());
    }

    /** Those of the partitions that are in the others too. */
    public SourceOffsets within(SourceOffsets others) {
        SortedMap<String, Long> both = new TreeMap<>(byPartition);
        both.keySet().retainAll(others.byPartition.keySet());
        return new SourceOffsets(both);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byPartition.isEmpty();
    }

    /** The stored bytes, version 1: as {@link #put} writes them. */
    public byte[] encode() {
        ByteBuffer frame = Frame.create(1, size());
        put(frame);
        return Frame.seal(frame);
    }

    /**
     * The offsets in stored bytes.
     *
     * @throws StoredBytesException if they are corrupt or of an unknown version
     */
    public static SourceOffsets decode(byte[] bytes) {
        return Frame.read("the stored offsets of what was learned", bytes, 1, SourceOffsets::get);
    }

    /** Bytes that {@link #put} takes. */
    int size() {
        int size = Integer.BYTES;
        for (String partition : byPartition.keySet()) {
            size += Frame.sizeOf(Frame.utf8(partition)) + Long.BYTES;
        }
        return size;
    }

    /**
     * Writes them, little-endian.
     *
     * <pre>
     *  i32  number of partitions, then for each
     *       i32  length, then UTF-8: topic-partition
     *       i64  offset
     * </pre>
     */
    void put(ByteBuffer into) {
        into.putInt(byPartition.size());
        byPartition.forEach((partition, offset) -> {
            Frame.putBytes(into, Frame.utf8(partition));
            into.putLong(offset);
        });
    }

    /** Reads what {@link #put} wrote. */
    static SourceOffsets get(ByteBuffer from) {
        SortedMap<String, Long> read = new TreeMap<>();
        for (int n = Frame.getLength(from, Integer.BYTES + Long.BYTES); n > 0; n--) {
            String partition = Frame.getText(from);
            read.put(partition, from.getLong());
        }
        return new SourceOffsets(read);
    }
}
