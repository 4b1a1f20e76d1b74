package io.credence.stream.state;

import io.credence.stream.wire.Origin;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read, before anything is decoded, and where it lies.
 *
 * @param record key, value, timestamp and headers as they were read
 * @param at where it was read
 */
public record RawRecord(Record<byte @Nullable [], byte @Nullable []> record, Origin at) {}
