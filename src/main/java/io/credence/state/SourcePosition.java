package io.credence.state;

/**
 * Where a record was read.
 *
 * @param topic source topic
 * @param partition source partition
 * @param offset source offset
 */
public record SourcePosition(String topic, int partition, long offset) {}
