package io.credence.stream.state;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.inference.Shape;
import java.util.stream.IntStream;

/**
 * How many bytes one model takes in the stores and on the topics: exact for the state; for examples the most that their
 * features can take, with an id of usual length.
 *
 * @param weights parameters of the network
 * @param stateBytes the learner's state in its store, all chunks
 * @param chunks records that it takes there; a snapshot on the posteriors topic takes as many, give or take one
 * @param exampleBytes one training example in a store
 * @param ringBytes the redo log when it is full
 * @param reservoirBytes the replay reservoir when it is full
 */
public record StateSize(
        long weights, long stateBytes, int chunks, long exampleBytes, long ringBytes, long reservoirBytes) {
    private static final int CHUNK_OVERHEAD = 60;
    private static final int TYPICAL_ID = 40;

    /**
     * The sizes of a model.
     *
     * @param shape of it
     * @param features of its events
     * @param ringSlots slots of the redo log
     * @param reservoirSlots slots of the replay reservoir
     * @param chunkBytes most payload bytes of a chunk
     */
    public static StateSize of(
            Shape shape, FeatureEncoder features, int ringSlots, int reservoirSlots, int chunkBytes) {
        long body = body(shape);
        int chunks = (int) Math.min(Integer.MAX_VALUE, (body + chunkBytes - 1) / chunkBytes);
        boolean[] standardised = features.standardised();
        long wide = IntStream.range(0, standardised.length)
                .filter(i -> standardised[i])
                .count();
        long example = Frame.HEADER
                + 3L * Long.BYTES
                + Integer.BYTES
                + TYPICAL_ID
                + FeatureBytes.atMost(standardised.length, wide);
        return new StateSize(
                shape.parameters(),
                body + (long) chunks * CHUNK_OVERHEAD,
                chunks,
                example,
                ringSlots * example,
                reservoirSlots * example);
    }

    /** What the numbers of one state take, without the model's key. */
    public static long body(Shape shape) {
        return LearnerStateFormat.bodySize(0, shape.weightLengths(), shape.statisticLengths());
    }

    /** What the write cache of a task has to hold so that every key reaches the changelog once in a commit. */
    public long dirtyBytes() {
        return stateBytes + ringBytes + reservoirBytes;
    }
}
