package io.credence.config;

/**
 * When the learner's state is written.
 *
 * @param intervalMs milliseconds between two snapshots on the posteriors topic, and between two metrics records
 * @param checkpointEvents examples between two writes of the learner's state to its store
 */
public record PublishConfig(long intervalMs, int checkpointEvents) {}
