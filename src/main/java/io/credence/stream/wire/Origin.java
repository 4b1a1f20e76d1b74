package io.credence.stream.wire;

/**
 * Where a Kafka record lies.
 *
 * @param topic its topic
 * @param partition its partition, from 0
 * @param offset its offset within the partition, from 0
 */
public record Origin(String topic, int partition, long offset) {
    /** The identity of an event that has no field of its own for it: {@code topic-partition-offset}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
