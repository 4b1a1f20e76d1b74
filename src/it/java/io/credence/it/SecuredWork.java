package io.credence.it;

import io.credence.fixture.Points;
import io.credence.stream.config.CredenceConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Services on a broker that knows who asks, each with topics and events of its own. One thread. */
final class SecuredWork {
    private static final List<String> INPUTS = List.of("labelled", "unlabelled");
    private static final List<String> OUTPUTS =
            List.of("training", "posteriors", "changes", "metrics", "scored", "notices", "alerts", "dead-letters");

    private final SecuredBroker broker;
    private int applications;

    SecuredWork(SecuredBroker broker) {
        this.broker = broker;
    }

    /** The entries of a table of the page for operators, for one service. */
    List<Right> resolved(CredenceConfig config, String table) throws IOException {
        Map<String, Object> settings = new HashMap<>(config.masked());
        for (String input : INPUTS) {
            settings.put("credence.topic." + input, config.applicationId() + "-" + input);
        }
        return Right.onThePage(table).stream().map(right -> right.of(settings)).toList();
    }

    /** The end of what is committed on a topic. */
    long newest(CredenceConfig config, String topic) {
        Map<String, Object> settings = broker.operator();
        settings.put("isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(config.applicationId() + "-" + topic, 0);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    /** Sends ten events with a label and ten without. */
    void feed(CredenceConfig config) throws Exception {
        try (Points points = new Points(config.serde(), "x");
                var producer =
                        new KafkaProducer<>(broker.operator(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 10; i++) {
                for (String topic : INPUTS) {
                    String name = config.applicationId() + "-" + topic;
                    Double label = topic.equals("labelled") ? (Double) (i / 5.0) : null;
                    producer.send(new ProducerRecord<>(name, points.bytes(name, i / 10.0, label)));
                }
            }
        }
    }

    /** A configuration with its topics, of which it creates those that it writes to if it says so; {@code ""} unsets. */
    CredenceConfig application(String... more) throws Exception {
        String application = "least" + applications++;
        Map<String, Object> settings = broker.service();
        settings.put("application.id", application);
        settings.put("schema.registry.url", "mock://" + application);
        settings.put("credence.topic.labelled", application + "-labelled");
        settings.put("credence.topic.unlabelled", application + "-unlabelled");
        settings.put("credence.topics.create", "false");
        settings.put("credence.label", "y");
        settings.put("credence.features", "x");
        settings.put("credence.hidden", "4");
        settings.put("credence.publish.interval.ms", "50");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        settings.values().removeIf(""::equals);
        CredenceConfig config = CredenceConfig.of(settings);
        try (Admin admin = Admin.create(broker.operator())) {
            Stream<String> made =
                    config.topics().create() ? INPUTS.stream() : Stream.concat(INPUTS.stream(), OUTPUTS.stream());
            admin.createTopics(made.map(topic -> new NewTopic(application + "-" + topic, 1, (short) 1)
                                    .configs(Map.of(
                                            "cleanup.policy", topic.equals("posteriors") ? "compact" : "delete")))
                            .toList())
                    .all()
                    .get();
        }
        return config;
    }
}
