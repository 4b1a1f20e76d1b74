package io.credence.tool.demo;

import io.credence.stream.avro.BikeHour;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.config.TopicSection;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Kafka clients of the demo's feed and of its watch: those of any other program, not the service's own. */
final class DemoClients {
    private final CredenceConfig config;

    DemoClients(CredenceConfig config) {
        this.config = config;
    }

    /** The feed: sends hours, waits for the published model. */
    BikeFeed feed(KafkaProducer<String, BikeHour> producer, BikeFeed.PublishedModel model) {
        TopicSection topics = config.topics();
        return new BikeFeed(
                producer,
                model,
                Objects.requireNonNull(topics.unlabelled()),
                Objects.requireNonNull(topics.labelled()));
    }

    KafkaProducer<String, BikeHour> producer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        // A new topic may refuse the first batch and take the second, after which the first is out of order for good.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(
                settings,
                new StringSerializer(),
                CredenceSerde.of(BikeHour.class, config.serde()).serializer());
    }

    /** The watch on the output topics: committed records, read as generic Avro with the schema from the registry. */
    DemoWatch watch(DemoTally tally) {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        ConfluentAvroSerde serde = new ConfluentAvroSerde();
        serde.configure(config.serde(), false);
        return new DemoWatch(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                serde.deserializer(),
                config.topics(),
                tally);
    }

    /**
     * Waits for every topic of the service.
     *
     * @throws KafkaException if they are not there in time
     */
    void awaitTopics(Duration patience) throws InterruptedException {
        Set<String> needed = new TreeSet<>(
                Stream.concat(config.topics().inputs(), config.topics().outputs())
                        .toList());
        long deadline = System.nanoTime() + patience.toNanos();
        try (Admin admin = Admin.create(common())) {
            while (true) {
                needed.removeAll(admin.listTopics().names().get());
                if (needed.isEmpty()) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("topics " + needed + " are not on the broker " + bootstrap() + " after "
                            + patience.toSeconds() + " s: is the service running?");
                }
                Thread.sleep(200);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("broker " + bootstrap() + ": " + e.getMessage(), e);
        }
    }

    private Object bootstrap() {
        return config.streams().getOrDefault("bootstrap.servers", "");
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap());
        return settings;
    }
}
