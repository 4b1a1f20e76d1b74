package io.credence.stream.state;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
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
 *  5  i64  shape fingerprint                   i32  number, then float32 each: iterateMu
 * 13  i64  epoch                               i32  number, then float32 each: iterateRho
 * 21  i64  step                                i32  number, then float32 each: mu
 * 29  i64  events                              i32  number, then float32 each: rho
 * 37  i32  index of this chunk                 i32  number, then float32 each: optimiser
 * 41  i32  number of chunks                    i32  number, then float32 each: anchorMu
 *                                              i32  number, then float32 each: anchorRho
 *                                              i32  number, then float32 each: pastMu
 *                                              i32  number, then float32 each: lastLayer
 *                                              i32  number, then float64 each: observationNoise
 * 45  …    payload                             i32  number, then float64 each: drift
 *                                              i32  number, then float64 each: standardisation
 *                                              i32  number, then float64 each: counters
 *                                              i32  number, then float64 each: memory
 *                                              i32  number, then float64 each: calibration
 *                                              i32  number, then float64 each: seen
 *                                              i32  number, then float64 each: flags
 *                                              i32  number, then float64 each: labelBounds
 * </pre>
 *
 * <p>All chunks carry the version of the model, so that chunks of different versions are never assembled.
 */
public final class LearnerStateFormat {
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
        Pieces body = Pieces.cut(body(state), chunkBytes);
        List<byte[]> chunks = new ArrayList<>(body.count());
        for (int i = 0; i < body.count(); i++) {
            ByteBuffer piece = body.get(i);
            chunks.add(Frame.seal(Frame.create(VERSION, CHUNK_HEADER + piece.remaining())
                    .putLong(state.fingerprint())
                    .putLong(state.version().epoch())
                    .putLong(state.version().step())
                    .putLong(state.events())
                    .putInt(i)
                    .putInt(body.count())
                    .put(piece)));
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
        for (int i = 0; i < head.count; i++) {
            byte[] bytes = chunks.apply(i);
            if (bytes == null) {
                throw StoredBytesException.corrupt(WHAT, "chunk " + i + " of " + head.count + " is missing");
            }
            ByteBuffer chunk = Frame.open(WHAT, bytes, VERSION);
            if (!head(chunk).equals(head.at(i))) {
                throw StoredBytesException.corrupt(WHAT, "chunk " + i + " belongs to another version");
            }
            payloads.add(chunk);
        }
        ByteBuffer body = ByteBuffer.wrap(Pieces.glue(payloads).whole()).order(ByteOrder.LITTLE_ENDIAN);
        return Frame.body(WHAT, body, whole -> state(head, whole));
    }

    private static Head head(ByteBuffer chunk) {
        if (chunk.remaining() < CHUNK_HEADER) {
            throw StoredBytesException.corrupt(WHAT, "a chunk ends within its header");
        }
        return Head.read(chunk);
    }

    /** The size of the body of such a state. */
    static long bodySize(int keyBytes, List<Integer> weightLengths, List<Integer> statisticLengths) {
        long size = Long.BYTES + Integer.BYTES + keyBytes;
        for (int length : weightLengths) {
            size += Integer.BYTES + (long) length * Float.BYTES;
        }
        for (int length : statisticLengths) {
            size += Integer.BYTES + (long) length * Double.BYTES;
        }
        return size;
    }

    private static byte[] body(LearnerState s) {
        byte[] key = Frame.utf8(s.modelKey());
        long size = bodySize(
                key.length,
                s.weights().stream().map(part -> part.length).toList(),
                s.statistics().stream().map(part -> part.length).toList());
        ByteBuffer body = ByteBuffer.allocate(Math.toIntExact(size))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(s.rejected());
        Frame.putBytes(body, key);
        s.weights().forEach(part -> BulkNumbers.put(body, part));
        s.statistics().forEach(part -> BulkNumbers.put(body, part));
        return body.array();
    }

    private static LearnerState state(Head head, ByteBuffer body) {
        long rejected = body.getLong();
        String modelKey = Frame.getText(body);
        List<float[]> weights = new ArrayList<>();
        for (int i = 0; i < LearnerState.WEIGHT_PARTS; i++) {
            weights.add(BulkNumbers.floats(body));
        }
        List<double[]> statistics = new ArrayList<>();
        for (int i = 0; i < LearnerState.STATISTIC_PARTS; i++) {
            statistics.add(BulkNumbers.doubles(body));
        }
        return LearnerState.of(modelKey, head.fingerprint, head.version, head.events, rejected, weights, statistics);
    }

    private record Head(long fingerprint, ModelVersion version, long events, int index, int count) {
        static Head read(ByteBuffer from) {
            return new Head(
                    from.getLong(),
                    new ModelVersion(from.getLong(), from.getLong()),
                    from.getLong(),
                    from.getInt(),
                    from.getInt());
        }

        Head at(int i) {
            return new Head(fingerprint, version, events, i, count);
        }
    }
}
