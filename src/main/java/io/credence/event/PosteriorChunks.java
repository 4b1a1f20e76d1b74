package io.credence.event;

import io.credence.avro.PosteriorChunk;
import io.credence.inference.LearnerState;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A model cut into records of bounded size, and put together again only if every part is of one version. */
public final class PosteriorChunks {
    private PosteriorChunks() {}

    /**
     * Cuts a state into chunks.
     *
     * @param maxPayload most bytes of payload in a chunk, at least 1
     */
    public static List<PosteriorChunk> split(LearnerState state, int maxPayload) {
        throw new IllegalStateException("not yet");
    }

    /**
     * Puts a state together.
     *
     * @param chunks the chunk of each index, or null where there is none; indexes from the first chunk's count on are
     *     not asked for
     * @return null if chunks are missing, of different versions or corrupt
     */
    public static @Nullable LearnerState assemble(IntFunction<@Nullable PosteriorChunk> chunks) {
        throw new IllegalStateException("not yet");
    }

    /** The record key of a chunk: {@code modelKey/index}. */
    public static String key(String modelKey, int index) {
        throw new IllegalStateException("not yet");
    }

    /** The model key of a record key; the key itself if it has no slash. */
    public static String modelKey(String key) {
        throw new IllegalStateException("not yet");
    }
}
