package io.credence.crash;

import io.credence.fixture.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as a {@code read_committed} reader sees it, from its beginning. One thread. */
final class Committed implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    Committed(Properties client, String topic) {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The records that came within a short while. */
    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        return consumer.poll(Duration.ofMillis(100));
    }

    /** The rest, up to what is committed now. */
    List<ConsumerRecord<byte[], byte[]>> toEnd() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        var ends = consumer.endOffsets(consumer.assignment());
        Wait.until("the records up to " + ends, records::size, () -> {
            poll().forEach(records::add);
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return records;
    }

    /** Everything that is committed on a topic now. */
    static List<ConsumerRecord<byte[], byte[]>> all(Properties client, String topic) {
        try (Committed reader = new Committed(client, topic)) {
            return reader.toEnd();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
