package io.credence.config;

/**
 * The scorer's micro-batches.
 *
 * @param batchSize most events that are scored together
 * @param lingerMs most milliseconds that an event waits for company; 0 scores each at once
 */
public record ScoringConfig(int batchSize, long lingerMs) {}
