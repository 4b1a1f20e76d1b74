package io.credence.stream.topology;

import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last record of each partition of the labelled topic when this instance started: the labels that are to be learned
 * before the first events are scored. The broker is asked once, by a thread of its own. Safe for several threads.
 */
final class LabelEnds {
    private static final Logger LOG = LoggerFactory.getLogger(LabelEnds.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A transaction ends with a marker that is no record: the last one lies somewhere before the end. */
    private static final int TAIL = 16;

    /** Clients of one name in one program would be in each other's way in JMX. */
    private static final AtomicInteger ASKED = new AtomicInteger();

    private final Look look;
    private boolean asked;
    private volatile @Nullable SourceOffsets found;

    /** Finds the last records. */
    interface Look {
        /** @param settings of the application, as Kafka Streams has them */
        SourceOffsets last(Map<String, Object> settings);
    }

    /** @param look asks the broker */
    LabelEnds(Look look) {
        this.look = look;
    }

    /** Those of a topic. */
    static LabelEnds of(String topic) {
        return new LabelEnds(settings -> last(topic, settings));
    }

    /** None: there is no topic of labels alone. */
    static LabelEnds none() {
        return at(SourceOffsets.NONE);
    }

    /** Those that are known already. */
    static LabelEnds at(SourceOffsets known) {
        LabelEnds ends = new LabelEnds(settings -> known);
        ends.found = known;
        return ends;
    }

    /** Begins to ask, unless that was done before. */
    synchronized void ask(Map<String, Object> settings) {
        if (!asked && found == null) {
            asked = true;
            Thread thread = new Thread(() -> found = lookOnce(settings), "credence-label-ends");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The last records; null while they are not known. */
    @Nullable
    SourceOffsets known() {
        return found;
    }

    private SourceOffsets lookOnce(Map<String, Object> settings) {
        try {
            return look.last(settings);
        } catch (RuntimeException e) {
            LOG.warn("The end of the labelled topic cannot be seen: no event waits for the labels that are there", e);
            return SourceOffsets.NONE;
        }
    }

    private static SourceOffsets last(String topic, Map<String, Object> settings) {
        Map<String, Object> reading =
                new StreamsConfig(settings).getRestoreConsumerConfigs("credence-label-ends-" + ASKED.incrementAndGet());
        try (var consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> last = new HashMap<>();
            for (TopicPartition partition : partitions) {
                long from = Math.max(begin.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L) - TAIL);
                consumer.seek(partition, from);
                last.put(partition, from - 1);
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < end.getOrDefault(p, 0L))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("topic " + topic + " was not read to its end in time");
                }
                consumer.poll(POLL).forEach(r -> {
                    TopicPartition partition = new TopicPartition(r.topic(), r.partition());
                    if (r.offset() < end.getOrDefault(partition, 0L)) {
                        last.merge(partition, r.offset(), Math::max);
                    }
                });
            }
            return offsets(last, begin);
        }
    }

    private static SourceOffsets offsets(Map<TopicPartition, Long> last, Map<TopicPartition, Long> begin) {
        SourceOffsets offsets = SourceOffsets.NONE;
        for (Map.Entry<TopicPartition, Long> record : last.entrySet()) {
            TopicPartition partition = record.getKey();
            if (record.getValue() >= begin.getOrDefault(partition, 0L)) {
                offsets = offsets.with(new Origin(partition.topic(), partition.partition(), record.getValue()));
            }
        }
        return offsets;
    }
}
