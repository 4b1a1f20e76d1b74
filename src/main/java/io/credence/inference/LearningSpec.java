package io.credence.inference;

/**
 * How the posterior is updated.
 *
 * @param batchSize fresh events in a minibatch, |B|
 * @param batchLingerMs event-time milliseconds after which an open minibatch closes; 0 means never
 * @param replayEvents past events that join each minibatch, r; 0 is off
 * @param replayCapacity slots of the replay reservoir
 */
public record LearningSpec(int batchSize, long batchLingerMs, int replayEvents, int replayCapacity) {
    static LearningSpec defaults() {
        return new LearningSpec(1, 0, 32, 10_000);
    }
}
