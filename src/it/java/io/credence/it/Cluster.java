package io.credence.it;

import io.credence.fixture.GroupPositions;
import io.credence.fixture.Wait;
import io.credence.tool.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker for one test class, with a producer and readers of plain bytes. */
public final class Cluster implements AutoCloseable {
    private final EmbeddedBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final GroupPositions positions;

    Cluster() {
        this(Map.of());
    }

    /** @param overrides settings of the broker */
    public Cluster(Map<String, String> overrides) {
        broker = EmbeddedBroker.start(overrides);
        positions = new GroupPositions(broker.bootstrapServers());
        Map<String, Object> sending = common();
        // A new topic may refuse the first batch and take the second, after which the first is out of order for good.
        sending.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public String bootstrap() {
        return broker.bootstrapServers();
    }

    /**
     * The settings that every application on this broker needs, with a registry in memory of its own and the inputs
     * {@code NAME-labelled} and {@code NAME-unlabelled}.
     *
     * @param usual settings of the test
     * @param more settings, which win: key, value, key, value
     */
    public Map<String, String> settings(String application, Map<String, String> usual, String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "application.id",
                application,
                "bootstrap.servers",
                bootstrap(),
                "schema.registry.url",
                "mock://" + application,
                "credence.topic.labelled",
                application + "-labelled",
                "credence.topic.unlabelled",
                application + "-unlabelled",
                "credence.label",
                "y"));
        settings.putAll(usual);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** Creates topics of one partition. */
    void create(String... topics) throws ExecutionException, InterruptedException {
        create(1, topics);
    }

    /** Creates topics of some partitions that take records of any time. */
    public void create(int partitions, String... topics) throws ExecutionException, InterruptedException {
        Map<String, String> anyTime = Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        try (Admin admin = Admin.create(common())) {
            admin.createTopics(Stream.of(topics)
                            .map(topic -> new NewTopic(topic, partitions, (short) 1).configs(anyTime))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** Gives topics more partitions. */
    void grow(int partitions, String... topics) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(common())) {
            admin.createPartitions(Stream.of(topics)
                            .collect(Collectors.toMap(topic -> topic, topic -> NewPartitions.increaseTo(partitions))))
                    .all()
                    .get();
        }
    }

    /** The number of partitions of a topic. */
    int partitions(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(common())) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    /** Deletes topics and waits until they are gone. */
    void delete(String... topics) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(common())) {
            admin.deleteTopics(List.of(topics)).all().get();
            await("the end of the topics", () -> Stream.of(topics).noneMatch(topics()::contains));
        }
    }

    /** Sends one record and gives its offset when the broker has it. */
    public long send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        var sent = producer.send(record);
        producer.flush();
        return sent.get().offset();
    }

    /** Sends records together and waits for the broker to have them all. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        var all = records.stream().map(producer::send).toList();
        producer.flush();
        for (var sent : all) {
            sent.get();
        }
    }

    /** The committed records of a topic from its beginning, once there are at least so many. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
        return readUntil(topic, records -> records.size() >= atLeast);
    }

    /** The committed records of a topic from its beginning, once they satisfy a condition. */
    public List<ConsumerRecord<byte[], byte[]>> readUntil(
            String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = consumer(topic)) {
            Wait.until("what is wanted on topic " + topic, () -> List.of(records.size(), positions.call()), () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return enough.test(records);
            });
        }
        return records;
    }

    /** Waits until a condition holds, as long as topics are created and groups commit. */
    public void await(String what, Callable<Boolean> condition) {
        Wait.until(what, positions, condition);
    }

    /** Names of the topics that are there. */
    Set<String> topics() throws ExecutionException, InterruptedException {
        return positions.topics();
    }

    /** Everything that is committed on a topic now. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = consumer(topic)) {
            var ends = consumer.endOffsets(consumer.assignment());
            Wait.until("the records up to " + ends, records::size, () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return records;
    }

    private KafkaConsumer<byte[], byte[]> consumer(String topic) {
        Map<String, Object> settings = common();
        settings.put("isolation.level", "read_committed");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }

    @Override
    public void close() {
        producer.close();
        positions.close();
        broker.close();
    }
}
