package io.credence.benchmark;

/**
 * Rates of the learner and the scorer alone, one thread.
 *
 * @param trainBatch1 training steps a second on minibatches of one event, without replay
 * @param trainBatch32 events a second in training steps of 32, without replay
 * @param trainDefault labelled events a second through the complete default learner: test with all samples, replay
 * @param scoreBatch1 events a second, scored one by one
 * @param scoreBatch64 events a second, scored 64 at once
 * @param scoreBatch256 events a second, scored 256 at once
 * @param gemmPeakShare time that the matrix products of a batch of 256 take alone, as a share of the whole's
 */
public record ComputeResult(
        double trainBatch1,
        double trainBatch32,
        double trainDefault,
        double scoreBatch1,
        double scoreBatch64,
        double scoreBatch256,
        double gemmPeakShare) {}
