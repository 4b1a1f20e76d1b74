package io.credence.tool.feed;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic as it grows. */
public final class Following {
    private static final Duration POLL = Duration.ofMillis(200);

    private Following() {}

    /**
     * Gives records to a taker until it has had enough. Partitions that are added meanwhile are read from their beginning.
     *
     * @param consumer of committed records, in no group
     * @param fromBeginning whether to begin with what is there already
     * @param taker returns whether it wants more
     * @param stopped asked between records
     * @throws KafkaException if the topic is not there
     */
    public static void follow(
            Consumer<byte[], byte[]> consumer,
            String topic,
            boolean fromBeginning,
            Predicate<ConsumerRecord<byte[], byte[]>> taker,
            BooleanSupplier stopped) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        if (partitions.isEmpty()) {
            throw new KafkaException("topic '" + topic + "' is not there: the service creates it when it starts");
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        // Where it begins is fixed now, not at the first look.
        partitions.forEach(consumer::position);
        while (!stopped.getAsBoolean()) {
            partitions = grown(consumer, topic, partitions);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (stopped.getAsBoolean() || !taker.test(record)) {
                    return;
                }
            }
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Asks what the consumer knows, which it renews now and then. */
    private static List<TopicPartition> grown(
            Consumer<byte[], byte[]> consumer, String topic, List<TopicPartition> before) {
        List<TopicPartition> now = partitions(consumer, topic);
        if (now.size() <= before.size()) {
            return before;
        }
        List<TopicPartition> added =
                now.stream().filter(partition -> !before.contains(partition)).toList();
        consumer.assign(now);
        consumer.seekToBeginning(added);
        return now;
    }
}
