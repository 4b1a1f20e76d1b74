package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.fixture.Wait;
import io.credence.tool.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class EmbeddedBrokerIT {
    @Test
    void shouldKeepCommittedAndHideAbortedRecordsWhenTransactionsAreUsed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Map<String, Object> common = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(common)) {
                admin.createTopics(Set.of(new NewTopic("t", 1, (short) 1)))
                        .all()
                        .get();
            }
            Map<String, Object> producing = new HashMap<>(common);
            producing.put("transactional.id", "tx");
            try (var producer = new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("t", "k", "aborted"));
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("t", "k", "kept"));
                producer.commitTransaction();
            }
            Map<String, Object> consuming = new HashMap<>(common);
            consuming.put("isolation.level", "read_committed");
            consuming.put("auto.offset.reset", "earliest");
            List<String> seen = new ArrayList<>();
            try (var consumer = new KafkaConsumer<>(consuming, new StringDeserializer(), new StringDeserializer())) {
                TopicPartition partition = new TopicPartition("t", 0);
                consumer.assign(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                Wait.atLeast("as the position in the topic", end, () -> {
                    consumer.poll(Duration.ofMillis(100)).forEach(r -> seen.add(r.value()));
                    return consumer.position(partition);
                });
            }
            assertEquals(List.of("kept"), seen);
        }
    }

    @Test
    void shouldNotDeleteByRecordTimeWhenEventsAreOfThePast() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Config config = admin.createTopics(Set.of(new NewTopic("old", 1, (short) 1)))
                    .config("old")
                    .get();
            assertEquals("-1", config.get("retention.ms").value());
        }
    }
}
