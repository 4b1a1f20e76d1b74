package io.credence.stream.state;

import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.ModelVersion;
import io.credence.stream.avro.PosteriorChunk;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A model cut into records of bounded size, and put together again only if every part is of one version.
 *
 * <p>Every chunk carries version, count and the checksum of the whole. Equal versions alone would not do: a writer that
 * was fenced off may have written other bytes under the same version.
 */
public final class PosteriorChunks {
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
     * Cuts a state of which nobody knows which records it was learned from into chunks.
     *
     * @param maxPayload most bytes of payload in a chunk, at least 1
     * @param publishedAt wall-clock time of the publication; the epoch if unknown
     */
    public static List<PosteriorChunk> split(LearnerState state, int maxPayload, Instant publishedAt) {
        return split(state, maxPayload, publishedAt, SourceOffsets.NONE);
    }

    /**
     * Cuts a state into chunks.
     *
     * @param maxPayload most bytes of payload in a chunk, at least 1
     * @param publishedAt wall-clock time of the publication; the epoch if unknown
     * @param learned the last label taken from each input partition; the first chunk tells
     */
    public static List<PosteriorChunk> split(
            LearnerState state, int maxPayload, Instant publishedAt, SourceOffsets learned) {
        Pieces snapshot = Pieces.cut(SnapshotCodec.encode(state), maxPayload);
        long checksum = snapshot.checksum();
        List<PosteriorChunk> chunks = new ArrayList<>(snapshot.count());
        for (int index = 0; index < snapshot.count(); index++) {
            chunks.add(new PosteriorChunk(
                    state.modelKey(),
                    state.version().epoch(),
                    state.version().step(),
                    state.events(),
                    index,
                    snapshot.count(),
                    checksum,
                    SnapshotCodec.FORMAT,
                    snapshot.get(index),
                    publishedAt,
                    index == 0 ? learned.byPartition() : Map.of()));
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
        if (first == null || !Pieces.counted(0, first.getCount()) || first.getFormat() != SnapshotCodec.FORMAT) {
            return null;
        }
        List<ByteBuffer> payloads = new ArrayList<>();
        for (int index = 0; index < first.getCount(); index++) {
            PosteriorChunk chunk = index == 0 ? first : chunks.apply(index);
            if (chunk == null || chunk.getIndex() != index || !sameVersion(first, chunk)) {
                return null;
            }
            payloads.add(chunk.getPayload());
        }
        Pieces snapshot = Pieces.glue(payloads);
        return snapshot.checksum() == first.getChecksum() ? decode(first, snapshot.whole()) : null;
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
        return SnapshotCodec.decode(bytes)
                .<@Nullable LearnerState>fold(state -> isToldBy(first, state) ? state : null, corrupt -> null);
    }

    private static boolean isToldBy(PosteriorChunk first, LearnerState state) {
        return state.modelKey().equals(first.getModelKey())
                && state.version().equals(new ModelVersion(first.getEpoch(), first.getStep()))
                && state.events() == first.getEvents();
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
}
