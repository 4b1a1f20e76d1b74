package io.credence.stream.config;

/**
 * When the learner's state is written, and how many models stay at hand.
 *
 * @param intervalMs milliseconds between two snapshots on the posteriors topic, and between two metrics records
 * @param checkpointEvents examples between two writes of the learner's state to its store
 * @param chunkBytes most payload bytes of a record that holds a part of a model
 * @param liveModels models that each task keeps on the heap; others are read from their stores when they are needed
 */
public record PublishConfig(long intervalMs, int checkpointEvents, int chunkBytes, int liveModels) {
    /** The parts of a model where nothing limits records further: well below the usual limit of 1 MiB. */
    public static final int USUAL_CHUNK_BYTES = 512 * 1024;

    /** Models kept on the heap unless set. */
    static final int USUAL_LIVE_MODELS = 100;

    /** Usual chunks and models. */
    public PublishConfig(long intervalMs, int checkpointEvents) {
        this(intervalMs, checkpointEvents, USUAL_CHUNK_BYTES, USUAL_LIVE_MODELS);
    }
}
