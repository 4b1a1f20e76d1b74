package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad records among good ones: each becomes a dead letter as it came, and nothing else is touched. */
final class PoisonPillIT {
    private static final List<String> TOPICS = List.of("labelled", "unlabelled");
    private static final int GOOD_BETWEEN = 10;

    private static Cluster cluster;
    private static RegistryServer registry;

    @BeforeAll
    static void start() throws Exception {
        registry = RegistryServer.start();
        cluster = new Cluster();
        cluster.create("labelled", "unlabelled");
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        registry.close();
    }

    @Test
    void shouldSetAsideEachBadRecordAndUseEachGoodOneWhenTheyAreMixed() throws Exception {
        Pills pills = Pills.register(new ForeignRegistry(registry.url()));
        Map<String, ProducerRecord<byte[], byte[]>> bad = new HashMap<>();
        Map<String, String> reasons = new HashMap<>();
        Set<String> good = new HashSet<>();
        try (CredenceService service = new CredenceService(config())) {
            service.start();
            for (String topic : TOPICS) {
                for (Pills.Pill pill : pills.of(topic.equals("labelled"))) {
                    String position = topic + "-" + send(topic, pill, good, pills, bad);
                    reasons.put(position, pill.reason());
                }
                goodOnes(topic, good, pills);
            }
            var dead = cluster.read("poison-dead-letters", bad.size());
            long labelled = good.stream().filter(k -> k.startsWith("labelled")).count();
            var log = cluster.read("poison-training", (int) labelled);
            var scored = cluster.read("poison-scored", good.size() - (int) labelled);

            assertEquals(bad.size(), dead.size());
            Set<String> buried = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> letter : dead) {
                String position = header(letter, "credence.dlq.topic") + "-" + header(letter, "credence.dlq.offset");
                assertTrue(buried.add(position), "one letter for each bad record, not two for " + position);
                check(letter, bad.get(position), reasons.get(position), position);
            }
            good.removeIf(k -> k.startsWith("labelled"));
            assertEquals(
                    good.stream().sorted().toList(),
                    scored.stream()
                            .map(r -> new String(r.key(), StandardCharsets.UTF_8))
                            .sorted()
                            .toList(),
                    "every good event is scored, once");
            assertEquals(labelled, log.size(), "every good example is in the training log");
            assertTrue(service.ready(), "no thread died");
            assertEquals(0, service.exitCode());
        }
    }

    private static CredenceConfig config() {
        return CredenceConfig.of(Map.ofEntries(
                Map.entry("application.id", "poison"),
                Map.entry("bootstrap.servers", cluster.bootstrap()),
                Map.entry("schema.registry.url", registry.url()),
                Map.entry("credence.topic.labelled", "labelled"),
                Map.entry("credence.topic.unlabelled", "unlabelled"),
                Map.entry("credence.label", "y"),
                Map.entry("credence.model.key", "site"),
                Map.entry("credence.features", "x,colour:onehot(red,blue)"),
                Map.entry("credence.features.unseen", "reject"),
                Map.entry("credence.publish.interval.ms", "50")));
    }

    /** Sends some good records, then the pill; gives the pill's offset. */
    private static long send(
            String topic,
            Pills.Pill pill,
            Set<String> good,
            Pills pills,
            Map<String, ProducerRecord<byte[], byte[]>> bad)
            throws Exception {
        goodOnes(topic, good, pills);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                0,
                1_700_000_000_000L + bad.size(),
                pill.name().getBytes(StandardCharsets.UTF_8),
                pill.value(),
                List.of(new RecordHeader("own", pill.name().getBytes(StandardCharsets.UTF_8))));
        long offset = cluster.send(record);
        bad.put(topic + "-" + offset, record);
        return offset;
    }

    private static void goodOnes(String topic, Set<String> good, Pills pills) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < GOOD_BETWEEN; i++) {
            String key = topic + "-good-" + good.size();
            good.add(key);
            records.add(new ProducerRecord<>(
                    topic, key.getBytes(StandardCharsets.UTF_8), pills.good(topic.equals("labelled"), i)));
        }
        cluster.send(records);
    }

    private static void check(
            ConsumerRecord<byte[], byte[]> letter,
            ProducerRecord<byte[], byte[]> sent,
            String reason,
            String position) {
        assertNotNull(sent, position);
        String name = new String(sent.key(), StandardCharsets.UTF_8);
        assertEquals(reason, header(letter, "credence.dlq.reason"), name);
        assertArrayEquals(sent.value(), letter.value(), name);
        assertArrayEquals(sent.key(), letter.key(), name);
        assertEquals(name, header(letter, "own"));
        assertEquals("0", header(letter, "credence.dlq.partition"), name);
        assertEquals(Long.toString(sent.timestamp()), header(letter, "credence.dlq.timestamp"), name);
        assertTrue(header(letter, "credence.dlq.detail").length() > 5, name);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
