package io.credence.tool.feed;

import io.credence.bayes.feature.Outcome;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.Credentials;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.RecordEncoder;
import io.credence.stream.wire.SchemaRegistry;
import io.credence.stream.wire.TaskSerdes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Clients of broker and registry with the connection settings of a configuration, for commands that feed and read. */
public final class FeedClients {
    private static final int PATIENCE_MS = 20_000;
    private static final int METADATA_MS = 5_000;

    private final CredenceConfig config;
    private final String client;

    /** @param client names the clients in the broker's logs and quotas */
    public FeedClients(CredenceConfig config, String client) {
        this.config = config;
        this.client = client;
    }

    /** The newest schema that the registry has for a topic's values. */
    public Optional<Schema> newest(String topic, Schema like) {
        try (SchemaRegistry registry = SchemaRegistry.of(config.serde())) {
            return registry.newest(registry.subject(topic, like));
        }
    }

    /** Makes bytes of records, with schemas from the registry of a task's serdes. */
    public static Production.Encoder encoder(TaskSerdes serdes) {
        RecordEncoder encoder = serdes.encoder();
        return (topic, value) -> encoder.encode(topic, new RecordHeaders(), value)
                .fold(bytes -> bytes, rejection -> {
                    throw new KafkaException("a record of topic '" + topic + "' cannot be written: "
                            + Credentials.hidden(rejection.detail()));
                });
    }

    /** Reads records, or says why one cannot be read. */
    @FunctionalInterface
    public interface Decoder {
        /** @param read is given the value, which is null for a dead letter: those are kept as they came */
        void decode(
                ConsumerRecord<byte[], byte[]> record,
                BiConsumer<ConsumerRecord<byte[], byte[]>, @Nullable GenericRecord> read,
                Consumer<String> unreadable);
    }

    /** Reads the records of an output topic. */
    public static Decoder decoder(OutputTopic what, TaskSerdes serdes) {
        RecordDecoder scored = serdes.decoder();
        CredenceSerde<Alert> alerts = serdes.own(Alert.class);
        CredenceSerde<TrainingMetrics> metrics = serdes.own(TrainingMetrics.class);
        return (record, read, unreadable) -> {
            if (what == OutputTopic.DEAD_LETTERS) {
                read.accept(record, null);
                return;
            }
            Outcome<? extends GenericRecord> decoded =
                    switch (what) {
                        case ALERTS -> alerts.decode(record.value());
                        case METRICS -> metrics.decode(record.value());
                        default -> scored.decode(record.topic(), record.headers(), record.value());
                    };
            decoded.take(value -> read.accept(record, value), bad -> unreadable.accept(bad.detail()));
        };
    }

    /** A producer that keeps the order of what it is given. */
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = streams().getProducerConfigs(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        // A new topic may refuse the first batch and take the second, after which the first is out of order for good.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records, outside of any group. */
    public KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = streams().getRestoreConsumerConfigs(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        // So long a partition that was added may go unseen.
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MS);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Creates a topic that is not there, unless {@code credence.topics.create} is false.
     *
     * @param past whether its records have times that the broker's retention would delete them for
     * @return whether it was created
     * @throws KafkaException if it is not there and must not be created, or the broker does not answer
     */
    public boolean create(String topic, int partitions, boolean past) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(streams().getAdminConfigs(client));
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        try (Admin admin = Admin.create(settings)) {
            return create(admin, topic, partitions, past);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof TimeoutException
                    ? noAnswer(e)
                    : new KafkaException("topic '" + topic + "': " + cause.getMessage(), e);
        }
    }

    private boolean create(Admin admin, String topic, int partitions, boolean past)
            throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return false;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
        if (!config.topics().create()) {
            throw new KafkaException("topic '" + topic + "' is not there, and credence.topics.create is false");
        }
        NewTopic wanted = new NewTopic(topic, partitions, config.topics().replicationFactor());
        try {
            admin.createTopics(List.of(past ? wanted.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")) : wanted))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /** What to say where nobody answers. */
    public KafkaException noAnswer(Exception failure) {
        return new KafkaException(
                "no broker answered at bootstrap.servers="
                        + Credentials.hidden(
                                String.valueOf(config.streams().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)))
                        + " within " + PATIENCE_MS / 1000 + " s",
                failure);
    }

    private StreamsConfig streams() {
        return new StreamsConfig(config.streams());
    }
}
