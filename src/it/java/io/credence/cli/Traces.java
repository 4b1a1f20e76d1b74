package io.credence.cli;

import io.credence.it.SecuredBroker;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a run leaves behind or says, place by place, to be searched for something that must not be there. */
final class Traces {
    private final Map<String, String> places = new TreeMap<>();

    /** Adds what is written at some place. */
    void add(String place, String text) {
        places.put(place, text);
    }

    /** What is written at each place. */
    Map<String, String> places() {
        return places;
    }

    /** The places that have some words, each with what stands around them. */
    Set<String> with(String words) {
        return places.entrySet().stream()
                .filter(place -> place.getValue().contains(words))
                .map(place -> place.getKey() + ": " + around(place.getValue(), words))
                .collect(Collectors.toSet());
    }

    private static String around(String text, String words) {
        int at = text.indexOf(words);
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60));
    }

    /** Adds all beans of Kafka, with ours among them. */
    void beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(new ObjectName("kafka.*:*"), null)) {
            all.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                all.append(attribute.getDescription())
                        .append(server.getAttribute(name, attribute.getName()))
                        .append('\n');
            }
        }
        add("jmx", all.toString());
    }

    /** Adds the records of all topics, those of the broker itself too. */
    void topics(SecuredBroker broker) throws Exception {
        StringBuilder all = new StringBuilder();
        try (Admin admin = Admin.create(broker.operator())) {
            for (String topic : admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get()) {
                all.append(String.join("\n", records(broker, topic)));
            }
        }
        add("topics", all.toString());
    }

    /** The records of a topic up to now as text: key, value and headers. */
    static List<String> records(SecuredBroker broker, String topic) {
        List<String> records = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(broker.operator(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    StringBuilder text = new StringBuilder(latin(record.key())).append(latin(record.value()));
                    record.headers().forEach(header -> text.append(header.key()).append(latin(header.value())));
                    records.add(text.toString());
                });
            }
        }
        return records;
    }

    private static String latin(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
