package io.credence.stream.http;

import io.credence.stream.config.CredenceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows topics of the service from near their ends, on a thread of its own, outside of any group: so every instance
 * sees what all of them write. What comes faster than it reads is left out.
 */
final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FETCH_BYTES = 64 * 1024;
    private static final long STOP_MS = 2_000;

    /**
     * How much is read.
     *
     * @param back records of a partition from before the start
     * @param behind records that it may be behind before it leaves some out
     * @param atOnce most records that are taken together
     * @param restMs milliseconds between two looks
     * @param retryMs milliseconds after a fault
     */
    record Pace(long back, long behind, int atOnce, long restMs, long retryMs) {
        /** All of what is rare. */
        static final Pace REPORTS = new Pace(10_000, 20_000, 500, 0, 5_000);

        /** A few of what may come by the ten thousand in a second. */
        static final Pace SAMPLES = new Pace(300, 2_000, 200, 250, 5_000);
    }

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<String> topics;
    private final Pace pace;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "credence-watch");
    private final Map<String, Count> counts = new HashMap<>();
    private volatile Map<String, Long> written = Map.of();
    private volatile @Nullable Consumer<byte[], byte[]> reading;

    /**
     * @param topics to follow
     * @param pace how much of them
     * @param taker of each record, on the thread of the watch
     */
    TopicWatch(
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<String> topics,
            Pace pace,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        this.consumers = consumers;
        this.topics = new ArrayList<>(topics);
        this.pace = pace;
        this.taker = taker;
        thread.setDaemon(true);
    }

    TopicWatch start() {
        thread.start();
        return this;
    }

    /** Consumers of bytes with the connection settings of a configuration. */
    static Supplier<Consumer<byte[], byte[]>> consumers(CredenceConfig config, Pace pace) {
        return () -> {
            Map<String, Object> settings =
                    new StreamsConfig(config.streams()).getRestoreConsumerConfigs(config.scope() + "-http");
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pace.atOnce);
            settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        };
    }

    private void run() {
        String told = "";
        while (closed.getCount() > 0 && !topics.isEmpty()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                reading = consumer;
                follow(consumer);
            } catch (WakeupException e) {
                return;
            } catch (TopicAuthorizationException e) {
                if (leave(e.unauthorizedTopics())) {
                    continue;
                }
                told = say(e, told);
            } catch (RuntimeException e) {
                // Of the broker, or of a registry that does not answer: it is tried again, and said once.
                told = say(e, told);
            }
            rested(pace.retryMs, TimeUnit.MILLISECONDS);
        }
    }

    private String say(RuntimeException e, String told) {
        String fault = e.getClass().getSimpleName() + ": " + e.getMessage();
        if (!fault.equals(told)) {
            LOG.warn("The live page cannot follow {} now: {}", topics, fault);
        }
        return fault;
    }

    /** The others may be read all the same. */
    private boolean leave(Collection<String> denied) {
        boolean left = topics.removeAll(denied);
        if (left) {
            LOG.warn("The live page does not show topics {}: the right READ on them is missing", denied);
        }
        return left;
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            long near = Math.max(first.getOrDefault(partition, 0L), end - pace.back);
            consumer.seek(partition, Math.min(end, Math.max(near, next.getOrDefault(partition, 0L))));
        });
        do {
            Map<TopicPartition, Long> from = new HashMap<>();
            partitions.forEach(partition -> from.put(partition, consumer.position(partition)));
            consumer.poll(POLL).forEach(record -> {
                taker.accept(record);
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                count(record.topic()).taken++;
            });
            Map<String, Double> ends = new HashMap<>();
            for (TopicPartition partition : partitions) {
                long lag = consumer.currentLag(partition).orElse(0);
                long position = consumer.position(partition);
                Count count = count(partition.topic());
                count.covered += position - Objects.requireNonNull(from.get(partition));
                if (lag > pace.behind) {
                    consumer.seek(partition, position + lag - pace.back);
                    count.left += (lag - pace.back) * count.share();
                    lag = pace.back;
                }
                ends.merge(partition.topic(), lag * count.share(), Double::sum);
            }
            Map<String, Long> all = new HashMap<>();
            ends.forEach((topic, ahead) -> all.put(topic, Math.round(count(topic).taken + count(topic).left + ahead)));
            written = all;
            // Where partitions were added it begins anew, with them, where it is.
        } while (!rested(pace.restMs, TimeUnit.MILLISECONDS)
                && partitions(consumer).size() == partitions.size());
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private Count count(String topic) {
        return counts.computeIfAbsent(topic, any -> new Count());
    }

    /** Records of a topic. Some offsets are the marks of transactions, so that records are fewer than offsets. */
    private static final class Count {
        private long taken;
        private long covered;
        private double left;

        /** Records for each offset, of those that were read. */
        private double share() {
            return covered == 0 ? 1 : (double) taken / covered;
        }
    }

    /** Records of each topic since near its end at the start, those estimated that were left out or are still to be read. */
    Map<String, Long> written() {
        return written;
    }

    private boolean rested(long time, TimeUnit unit) {
        try {
            return closed.await(time, unit);
        } catch (InterruptedException e) {
            closed.countDown();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> open = reading;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
