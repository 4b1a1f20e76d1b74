package io.credence.stream.operate;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** Reads the committed records of a topic from their beginning to the end that there was at the start. */
final class TopicReader {
    static final int PATIENCE_S = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_S);
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * What was read.
     *
     * @param partitions how many the topic has
     * @param first sum of the partitions' first offsets: not 0 if records have been deleted
     * @param end sum of the partitions' end offsets
     */
    record Span(int partitions, long first, long end) {}

    private TopicReader() {}

    /**
     * Gives every record to a taker, those of a partition in order, until it has had enough.
     *
     * @param taker returns whether it wants more
     * @throws ModelException if the topic is not there or nothing comes for {@value #PATIENCE_S} s
     */
    static Span read(CredenceConfig config, String topic, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        try (var consumer = fromTheBeginning(config, topic)) {
            List<TopicPartition> partitions = List.copyOf(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long first = sum(consumer.beginningOffsets(partitions));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                    boolean before =
                            record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
                    if (before && !taker.test(record)) {
                        return new Span(partitions.size(), first, sum(ends));
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new ModelException("nothing came from topic " + topic + " for " + PATIENCE.toSeconds()
                            + " s, but its end was not reached");
                }
            }
            return new Span(partitions.size(), first, sum(ends));
        } catch (KafkaException e) {
            throw cannotRead(config, topic, e);
        }
    }

    /**
     * A consumer of all partitions from their beginning, of committed records, outside of any group.
     *
     * @throws ModelException if the topic is not there
     */
    static KafkaConsumer<byte[], byte[]> fromTheBeginning(CredenceConfig config, String topic) {
        var consumer = new KafkaConsumer<>(settings(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new ModelException("topic " + topic + " is not there");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e instanceof KafkaException ? cannotRead(config, topic, e) : e;
        }
    }

    private static ModelException cannotRead(CredenceConfig config, String topic, RuntimeException failure) {
        String why = failure instanceof TimeoutException
                ? "no broker answered at bootstrap.servers="
                        + Credentials.hidden(
                                String.valueOf(config.streams().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)))
                        + " within " + PATIENCE_S + " s"
                : String.valueOf(failure.getMessage());
        return new ModelException("cannot read topic " + topic + ": " + why, failure);
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Object> settings(CredenceConfig config) {
        Map<String, Object> settings =
                new StreamsConfig(config.streams()).getRestoreConsumerConfigs(config.scope() + "-model");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }
}
