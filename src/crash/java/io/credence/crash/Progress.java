package io.credence.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far a group has come, by what it has committed. */
final class Progress implements AutoCloseable {
    /** Committed positions and waiting records of each topic. */
    record Position(Map<String, Long> done, Map<String, Long> waiting) {
        long backlog() {
            return waiting.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> partitions = new ArrayList<>();

    Progress(Properties client, String group, List<String> topics) throws Exception {
        this.admin = Admin.create(client);
        this.group = group;
        for (var topic : admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions().forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
        }
    }

    Position now() throws Exception {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        var ends = admin.listOffsets(wanted).all().get();
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<String, Long> done = new TreeMap<>();
        Map<String, Long> waiting = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            var at = committed.get(partition);
            long position = at == null ? 0 : at.offset();
            done.merge(partition.topic(), position, Long::sum);
            waiting.merge(partition.topic(), Math.max(0, ends.get(partition).offset() - position), Long::sum);
        }
        return new Position(done, waiting);
    }

    @Override
    public void close() {
        admin.close();
    }
}
