package io.credence.stream.topology;

import org.apache.kafka.common.serialization.Serializer;

/**
 * A scored record's bytes and the partition of the task that scored it: that which the event was read from.
 *
 * @param value the encoded record
 * @param partition of the task
 */
record Scored(byte[] value, int partition) {
    static final Serializer<Scored> SERIALIZER = (topic, scored) -> scored.value();
}
