package io.credence.config;

/**
 * When the learner's state is written.
 *
 * @param intervalMs milliseconds between two snapshots on the posteriors topic, and between two metrics records
 * @param checkpointEvents examples between two writes of the learner's state to its store
 * @param chunkBytes most payload bytes of a record that holds a part of a model
 */
public record PublishConfig(long intervalMs, int checkpointEvents, int chunkBytes) {
    /** The parts of a model where nothing limits records further: well below the usual limit of 1 MiB. */
    public static final int USUAL_CHUNK_BYTES = 512 * 1024;

    /** Usual chunks. */
    public PublishConfig(long intervalMs, int checkpointEvents) {
        this(intervalMs, checkpointEvents, USUAL_CHUNK_BYTES);
    }
}
