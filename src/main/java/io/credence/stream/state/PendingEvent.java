package io.credence.stream.state;

import io.credence.stream.wire.RecordSource;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits for its prediction: the record as it was read, and where.
 *
 * @param record key, value, timestamp and headers as they were read
 * @param at where it was read
 */
public record PendingEvent(Record<byte @Nullable [], byte @Nullable []> record, RecordSource at) {}
