package io.credence.stream.state;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.inference.LearnerState;
import io.credence.stream.avro.PosteriorChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A model cut into records of bounded size, and put together again only if every part is of one version.
 *
 * <p>Every chunk carries version, count and the checksum of the whole. Equal versions alone would not do: a writer that
 * was fenced off may have written other bytes under the same version.
 */
public final class PosteriorChunks {
    /** More chunks than that are refused: it is far above any model that fits the heap in chunks of useful size. */
    private static final int MAX_COUNT = 1 << 20;

    private PosteriorChunks() {}

    /**
     * Cuts a state into chunks.
     *
     * @param maxPayload most bytes of payload in a chunk, at least 1
     */
    public static List<PosteriorChunk> split(LearnerState state, int maxPayload) {
        return split(state, maxPayload, Instant.EPOCH);
    }

    /**
     * Cuts a state into chunks.
     *
     * @param maxPayload most bytes of payload in a chunk, at least 1
     * @param publishedAt wall-clock time of the publication; the epoch if unknown
     */
    public static List<PosteriorChunk> split(LearnerState state, int maxPayload, Instant publishedAt) {
        if (maxPayload < 1) {
            throw new IllegalArgumentException("a chunk cannot hold " + maxPayload + " bytes");
        }
        byte[] snapshot = SnapshotCodec.encode(state);
        long checksum = checksum(snapshot);
        int count = (snapshot.length + maxPayload - 1) / maxPayload;
        List<PosteriorChunk> chunks = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int from = index * maxPayload;
            ByteBuffer payload = ByteBuffer.wrap(snapshot, from, Math.min(maxPayload, snapshot.length - from));
            chunks.add(new PosteriorChunk(
                    state.modelKey(),
                    state.epoch(),
                    state.step(),
                    state.events(),
                    index,
                    count,
                    checksum,
                    SnapshotCodec.FORMAT,
                    payload,
                    publishedAt));
        }
        return chunks;
    }

    /**
     * Puts a state together.
     *
     * @param chunks the chunk of each index, or null where there is none; indexes from the first chunk's count on are
     *     not asked for
     * @return null if chunks are missing, of different versions or corrupt
     */
    public static @Nullable LearnerState assemble(IntFunction<@Nullable PosteriorChunk> chunks) {
        PosteriorChunk first = chunks.apply(0);
        if (first == null
                || first.getCount() < 1
                || first.getCount() > MAX_COUNT
                || first.getFormat() != SnapshotCodec.FORMAT) {
            return null;
        }
        ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
        for (int index = 0; index < first.getCount(); index++) {
            PosteriorChunk chunk = index == 0 ? first : chunks.apply(index);
            if (chunk == null || chunk.getIndex() != index || !sameVersion(first, chunk)) {
                return null;
            }
            byte[] payload = new byte[chunk.getPayload().remaining()];
            chunk.getPayload().duplicate().get(payload);
            snapshot.writeBytes(payload);
        }
        byte[] bytes = snapshot.toByteArray();
        return checksum(bytes) == first.getChecksum() ? decode(first, bytes) : null;
    }

    /** The record key of a chunk: {@code modelKey/index}. */
    public static String key(String modelKey, int index) {
        return modelKey + "/" + index;
    }

    /** The model key of a record key; the key itself if it has no slash. */
    public static String modelKey(String key) {
        int slash = key.lastIndexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private static @Nullable LearnerState decode(PosteriorChunk first, byte[] bytes) {
        if (!(SnapshotCodec.decode(bytes) instanceof Outcome.Accepted<LearnerState> accepted)) {
            return null;
        }
        LearnerState state = accepted.value();
        boolean told = state.modelKey().equals(first.getModelKey())
                && state.epoch() == first.getEpoch()
                && state.step() == first.getStep()
                && state.events() == first.getEvents();
        return told ? state : null;
    }

    private static boolean sameVersion(PosteriorChunk a, PosteriorChunk b) {
        return a.getModelKey().equals(b.getModelKey())
                && a.getEpoch() == b.getEpoch()
                && a.getStep() == b.getStep()
                && a.getEvents() == b.getEvents()
                && a.getCount() == b.getCount()
                && a.getChecksum() == b.getChecksum()
                && a.getFormat() == b.getFormat();
    }

    /** CRC-32C of a snapshot, unsigned. */
    public static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }
}
