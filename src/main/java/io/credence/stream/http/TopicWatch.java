package io.credence.stream.http;

import io.credence.stream.config.CredenceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows topics of the service from near their ends, on a thread of its own, outside of any group: so every instance
 * sees what all of them write. What comes faster than it reads is left out.
 */
final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_S = 5;

    /** Records of a partition from before the start that are read. */
    private static final long BACK = 200;

    /** Records that it may be behind. */
    private static final long BEHIND = 10_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<String> topics;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "credence-watch");

    /**
     * @param topics to follow
     * @param taker of each record, on the thread of the watch
     */
    TopicWatch(
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<String> topics,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        this.consumers = consumers;
        this.topics = topics;
        this.taker = taker;
        thread.setDaemon(true);
    }

    TopicWatch start() {
        thread.start();
        return this;
    }

    /** Consumers of bytes with the connection settings of a configuration. */
    static Supplier<Consumer<byte[], byte[]>> consumers(CredenceConfig config) {
        return () -> {
            Map<String, Object> settings =
                    new StreamsConfig(config.streams()).getRestoreConsumerConfigs(config.scope() + "-http");
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        };
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                follow(consumer);
            } catch (InterruptException e) {
                return;
            } catch (KafkaException e) {
                LOG.warn("The HTTP API cannot read {} now: {}", topics, e.getMessage());
            }
            rest();
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        consumer.seek(partition, Math.max(first.getOrDefault(partition, 0L), end - BACK)));
        while (closed.getCount() > 0) {
            consumer.poll(POLL).forEach(taker);
            for (TopicPartition partition : partitions) {
                long lag = consumer.currentLag(partition).orElse(0);
                if (lag > BEHIND) {
                    consumer.seek(partition, consumer.position(partition) + lag - BACK);
                }
            }
        }
    }

    private void rest() {
        try {
            if (closed.await(PAUSE_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
