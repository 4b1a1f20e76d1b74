package io.credence.stream.operate;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.state.PosteriorChunks;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of the posteriors topic in the order in which they come, glued to whole versions. Of each model, chunks of one
 * version at most are held: the learner writes all of a version before it begins the next.
 */
final class ArrivingVersions {
    private final Map<String, Version> arriving = new HashMap<>();

    /**
     * Takes a chunk.
     *
     * @return the version that it completes, or null
     */
    @Nullable
    Published add(PosteriorChunk chunk) {
        String modelKey = chunk.getModelKey();
        Version version = arriving.get(modelKey);
        if (version == null || !version.holds(chunk)) {
            version = new Version(chunk);
            arriving.put(modelKey, version);
        }
        version.parts.put(chunk.getIndex(), chunk);
        if (version.parts.size() < chunk.getCount()) {
            return null;
        }
        LearnerState state = PosteriorChunks.assemble(version.parts::get);
        arriving.remove(modelKey);
        return state == null ? null : new Published(state, chunk.getCount(), chunk.getPublishedAt());
    }

    /** Lets go of what has come of a model's next version. */
    void forget(String modelKey) {
        arriving.remove(modelKey);
    }

    /** The chunks of one version that have come. */
    private static final class Version {
        private final PosteriorChunk first;
        private final Map<Integer, PosteriorChunk> parts = new HashMap<>();

        Version(PosteriorChunk first) {
            this.first = first;
        }

        /** Equal versions do not suffice: a writer that was fenced off may have written other bytes under the same. */
        boolean holds(PosteriorChunk chunk) {
            return first.getEpoch() == chunk.getEpoch()
                    && first.getStep() == chunk.getStep()
                    && first.getChecksum() == chunk.getChecksum()
                    && first.getCount() == chunk.getCount()
                    && Objects.equals(first.getPublishedAt(), chunk.getPublishedAt());
        }
    }
}
