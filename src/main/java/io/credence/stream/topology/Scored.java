package io.credence.stream.topology;

import org.apache.kafka.common.serialization.Serializer;

/**
 * A scored record's bytes and the partition that the event came from.
 *
 * @param value the encoded record
 * @param partition source partition
 */
record Scored(byte[] value, int partition) {
    static final Serializer<Scored> SERIALIZER = (topic, scored) -> scored.value();
}
