package io.credence.stream.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.CredenceTopology;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records each task of the whole service still has to read, as the group has committed: the broker knows it,
 * whichever instance has the task. It is asked while somebody looks, and nobody waits for it. For several threads.
 */
final class TaskLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLag.class);
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int SHOWN = 100;
    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final String group;
    private final Map<String, Integer> parts = new TreeMap<>();
    private final Supplier<Admin> clients;
    private final LongSupplier clock;
    private volatile ArrayNode told = JsonNodeFactory.instance.arrayNode();
    private @Nullable Admin admin;
    private @Nullable Long asked;
    private boolean waiting;
    private boolean closed;

    TaskLag(CredenceConfig config) {
        this(config, System::nanoTime);
    }

    /** @param clock nanoseconds since some time */
    TaskLag(CredenceConfig config, LongSupplier clock) {
        this.group = config.applicationId();
        this.clock = clock;
        this.clients =
                () -> Admin.create(new StreamsConfig(config.streams()).getAdminConfigs(config.scope() + "-http"));
        CredenceTopology.build(config).describe().subtopologies().forEach(part -> part.nodes()
                .forEach(node -> {
                    if (node instanceof Source source && source.topicSet() != null) {
                        source.topicSet().forEach(topic -> parts.put(topic, part.id()));
                    }
                }));
    }

    /** Task, topic and records of each partition, the farthest behind first; as of a moment ago, empty at first. */
    ArrayNode json() {
        ask();
        return told;
    }

    private synchronized void ask() {
        long now = clock.getAsLong();
        Long before = asked;
        if (closed || waiting || before != null && now - before < FRESH_NS) {
            return;
        }
        asked = now;
        waiting = true;
        if (admin == null) {
            admin = clients.get();
        }
        look(admin).whenComplete(this::answered);
    }

    private synchronized void answered(@Nullable Map<TopicPartition, Long> lags, @Nullable Throwable fault) {
        waiting = false;
        if (lags != null) {
            told = json(lags);
        } else {
            LOG.debug("The lag is not known now", fault);
        }
    }

    private CompletionStage<Map<TopicPartition, Long>> look(Admin broker) {
        var partitions = broker.describeTopics(parts.keySet())
                .allTopicNames()
                .toCompletionStage()
                .thenApply(topics -> topics.values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .collect(Collectors.toSet()));
        var committed = broker.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage();
        return partitions.thenCompose(all -> committed.thenCompose(
                done -> offsets(broker, all, OffsetSpec.latest()).thenCompose(ends -> {
                    List<TopicPartition> fresh = all.stream()
                            .filter(partition -> done.get(partition) == null)
                            .toList();
                    return offsets(broker, fresh, OffsetSpec.earliest()).thenApply(firsts -> lags(ends, done, firsts));
                })));
    }

    private static CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            Admin broker, Collection<TopicPartition> partitions, OffsetSpec which) {
        return broker.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .toCompletionStage();
    }

    /** What nobody has committed yet will be read from its beginning. */
    private static Map<TopicPartition, Long> lags(
            Map<TopicPartition, ListOffsetsResultInfo> ends,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, ListOffsetsResultInfo> firsts) {
        Map<TopicPartition, Long> lags = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata done = committed.get(partition);
            ListOffsetsResultInfo first = firsts.get(partition);
            long from = done != null ? done.offset() : first != null ? first.offset() : end.offset();
            lags.put(partition, Math.max(0, end.offset() - from));
        });
        return lags;
    }

    private ArrayNode json(Map<TopicPartition, Long> lags) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        lags.entrySet().stream()
                .sorted(Map.Entry.<TopicPartition, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry::getKey, BY_NAME))
                .limit(SHOWN)
                .forEach(lag -> array.addObject()
                        .put(
                                "task",
                                parts.get(lag.getKey().topic()) + "_"
                                        + lag.getKey().partition())
                        .put("topic", lag.getKey().topic())
                        .put("records", lag.getValue()));
        return array;
    }

    @Override
    public void close() {
        Admin open;
        synchronized (this) {
            closed = true;
            open = admin;
        }
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
