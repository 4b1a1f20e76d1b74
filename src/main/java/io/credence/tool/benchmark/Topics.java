package io.credence.tool.benchmark;

import io.credence.bayes.inference.LearnerState;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.state.PosteriorChunks;
import io.credence.stream.wire.CredenceSerde;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The broker as the benchmark uses it: fills topics before the clock starts, and looks at what has been committed. */
final class Topics implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String bootstrap;
    private final Admin admin;

    Topics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /** Creates a topic. */
    void create(String topic, int partitions) throws InterruptedException {
        create(new NewTopic(topic, partitions, (short) 1));
    }

    private void create(NewTopic topic) throws InterruptedException {
        answer(admin.createTopics(List.of(topic)).all());
    }

    /** Deletes topics that are no longer looked at, so that disk and page cache do not fill up. */
    void delete(Predicate<String> which) throws InterruptedException {
        List<String> gone =
                answer(admin.listTopics().names()).stream().filter(which).toList();
        answer(admin.deleteTopics(gone).all());
    }

    /** Creates a topic and fills it with records whose keys are their numbers, in turn over the partitions. */
    void fill(String topic, int partitions, int count, LongFunction<byte[]> values) throws InterruptedException {
        create(topic, partitions);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(20)) {
            for (int i = 0; i < count; i++) {
                producer.send(
                        new ProducerRecord<>(topic, i % partitions, key(i), values.apply(i)),
                        (metadata, e) -> failure.compareAndSet(null, e));
            }
        }
        if (failure.get() != null) {
            throw new KafkaException("topic " + topic + " did not take all records", failure.get());
        }
    }

    /** Creates a compacted topic with a model on it, as a trainer publishes it. */
    void publish(CredenceConfig config, String topic, LearnerState state) throws InterruptedException {
        create(new NewTopic(topic, 1, (short) 1)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        try (CredenceSerde<PosteriorChunk> serde = CredenceSerde.of(PosteriorChunk.class, config.serde());
                KafkaProducer<byte[], byte[]> producer = producer(0)) {
            for (PosteriorChunk chunk :
                    PosteriorChunks.split(state, config.publishing().chunkBytes(), Instant.now())) {
                byte[] key =
                        PosteriorChunks.key(state.modelKey(), chunk.getIndex()).getBytes(StandardCharsets.UTF_8);
                producer.send(
                        new ProducerRecord<>(topic, key, serde.serializer().serialize(topic, chunk)));
            }
        }
    }

    /** A producer of plain bytes. */
    KafkaProducer<byte[], byte[]> producer(int lingerMs) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
        // A new topic may refuse the first batch and take the second, after which the first is out of order for good.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of plain bytes at the beginning of every partition of a topic. */
    KafkaConsumer<byte[], byte[]> consumer(String topic, boolean committed) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** A topic that was just created has no partitions yet in the eyes of a consumer. */
    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (!known.isEmpty()) {
                return known.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new KafkaException("topic " + topic + " has no partitions");
    }

    /** The committed records of a topic, counted one by one. */
    long count(String topic) {
        long count = 0;
        try (var consumer = consumer(topic, true)) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                count += consumer.poll(Duration.ofMillis(100)).count();
            }
        }
        return count;
    }

    /** The value of the last committed record of a topic of one partition; null if there is none. */
    byte @Nullable [] last(String topic) {
        byte[] last = null;
        try (var consumer = consumer(topic, true)) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    last = record.value();
                }
            }
        }
        return last;
    }

    /** How far a group has come on a topic: the sum of its committed offsets. */
    long committed(String group, String topic) {
        try {
            return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                    .filter(at -> at.getKey().topic().equals(topic) && at.getValue() != null)
                    .mapToLong(at -> at.getValue().offset())
                    .sum();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Bytes that the topics of some names take on the broker's disk. */
    long bytes(Predicate<String> which) throws InterruptedException {
        int broker = answer(admin.describeCluster().nodes()).iterator().next().id();
        return answer(admin.describeLogDirs(List.of(broker)).allDescriptions()).values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> which.test(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    /** The key of a number. */
    static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** The number of a key. */
    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the embedded broker refused a request: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
