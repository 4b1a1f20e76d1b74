package io.credence.stream.state;

import io.credence.bayes.inference.LearnerState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The stored bytes of a {@link LearnerState}: chunks of bounded size, version 1. All numbers are little-endian.
 *
 * <pre>
 * chunk                                       body: the payloads in order of index
 *  0  u8   format version, 1                   i64  rejected
 *  1  u32  CRC-32C of bytes 5 to the end       i32  length, then UTF-8: model key
 *  5  i64  shape fingerprint                   i32  number, then float32 each: mu
 * 13  i64  epoch                               i32  number, then float32 each: rho
 * 21  i64  step                                i32  number, then float32 each: moments
 * 29  i64  events                              i32  number, then float64 each: standardisation
 * 37  i32  index of this chunk                 i32  number, then float64 each: noise
 * 41  i32  number of chunks                    i32  number, then float64 each: prequential
 * 45  …    payload
 * </pre>
 *
 * <p>All chunks carry the version of the model, so that chunks of different versions are never assembled.
 */
public final class LearnerStateFormat {
    /** Payload bytes of a chunk unless another bound is chosen: well below the usual record limit of 1 MiB. */
    public static final int DEFAULT_CHUNK_BYTES = 512 * 1024;

    private static final int VERSION = 1;
    private static final int CHUNK_HEADER = 4 * Long.BYTES + 2 * Integer.BYTES;
    private static final String WHAT = "the stored learner state";

    private LearnerStateFormat() {}

    /**
     * The chunks of a state.
     *
     * @param chunkBytes most payload bytes of a chunk, at least 1
     */
    public static List<byte[]> encode(LearnerState state, int chunkBytes) {
        byte[] body = body(state);
        int count = Math.max(1, (body.length + chunkBytes - 1) / chunkBytes);
        List<byte[]> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = i * chunkBytes;
            int length = Math.min(chunkBytes, body.length - from);
            chunks.add(Frame.seal(Frame.create(VERSION, CHUNK_HEADER + length)
                    .putLong(state.fingerprint())
                    .putLong(state.epoch())
                    .putLong(state.step())
                    .putLong(state.events())
                    .putInt(i)
                    .putInt(count)
                    .put(body, from, length)));
        }
        return chunks;
    }

    /**
     * The state in a set of chunks.
     *
     * @param chunks the stored chunk of an index, or null where there is none
     * @param fingerprint the shape that is configured
     * @return null if there is no chunk 0, that is, nothing has been stored
     * @throws StoredBytesException if a chunk is missing, corrupt, of an unknown version, of another shape or of
     *     another version of the model than the first
     */
    public static @Nullable LearnerState decode(IntFunction<byte @Nullable []> chunks, long fingerprint) {
        byte[] first = chunks.apply(0);
        if (first == null) {
            return null;
        }
        Head head = head(Frame.open(WHAT, first, VERSION));
        if (head.fingerprint != fingerprint) {
            throw StoredBytesException.otherShape(WHAT, head.fingerprint, fingerprint);
        }
        List<ByteBuffer> payloads = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < head.count; i++) {
            byte[] bytes = chunks.apply(i);
            if (bytes == null) {
                throw StoredBytesException.corrupt(WHAT, "chunk " + i + " of " + head.count + " is missing");
            }
            ByteBuffer chunk = Frame.open(WHAT, bytes, VERSION);
            if (!head(chunk).equals(head.at(i))) {
                throw StoredBytesException.corrupt(WHAT, "chunk " + i + " belongs to another version");
            }
            size += chunk.remaining();
            payloads.add(chunk);
        }
        ByteBuffer body = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        payloads.forEach(body::put);
        return Frame.body(WHAT, body.flip(), whole -> state(head, whole));
    }

    private static Head head(ByteBuffer chunk) {
        if (chunk.remaining() < CHUNK_HEADER) {
            throw StoredBytesException.corrupt(WHAT, "a chunk ends within its header");
        }
        return Head.read(chunk);
    }

    private static byte[] body(LearnerState s) {
        byte[] key = Frame.utf8(s.modelKey());
        int floats = s.mu().length + s.rho().length + s.moments().length;
        int doubles = s.standardisation().length + s.noise().length + s.prequential().length;
        int size = Long.BYTES + Frame.sizeOf(key) + 6 * Integer.BYTES + floats * Float.BYTES + doubles * Double.BYTES;
        ByteBuffer body =
                ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putLong(s.rejected());
        Frame.putBytes(body, key);
        BulkNumbers.put(body, s.mu());
        BulkNumbers.put(body, s.rho());
        BulkNumbers.put(body, s.moments());
        BulkNumbers.put(body, s.standardisation());
        BulkNumbers.put(body, s.noise());
        BulkNumbers.put(body, s.prequential());
        return body.array();
    }

    private static LearnerState state(Head head, ByteBuffer body) {
        long rejected = body.getLong();
        String modelKey = Frame.getText(body);
        return new LearnerState(
                modelKey,
                head.fingerprint,
                head.epoch,
                head.step,
                head.events,
                rejected,
                BulkNumbers.floats(body),
                BulkNumbers.floats(body),
                BulkNumbers.floats(body),
                BulkNumbers.doubles(body),
                BulkNumbers.doubles(body),
                BulkNumbers.doubles(body));
    }

    private record Head(long fingerprint, long epoch, long step, long events, int index, int count) {
        static Head read(ByteBuffer from) {
            return new Head(
                    from.getLong(), from.getLong(), from.getLong(), from.getLong(), from.getInt(), from.getInt());
        }

        Head at(int i) {
            return new Head(fingerprint, epoch, step, events, i, count);
        }
    }
}
