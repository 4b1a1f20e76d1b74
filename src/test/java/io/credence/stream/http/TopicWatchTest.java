package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.fixture.Wait;
import io.credence.stream.http.TopicWatch.Pace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** Follows from near the end, and again after a fault. */
final class TopicWatchTest {
    private static final TopicPartition PLACE = new TopicPartition("metrics", 0);
    private static final Pace PACE = new Pace(3, 100, 10, 0, 1);

    private final List<Long> taken = new CopyOnWriteArrayList<>();

    @Test
    void shouldBeginNearTheEndAndFollow() {
        MockConsumer<byte[], byte[]> consumer = consumer(0, 20);
        try (TopicWatch watch = watch(List.of(consumer))) {
            Wait.until("the records near the end", taken::size, () -> taken.size() >= 3);
            consumer.addRecord(record(20));
            Wait.until("the next", taken::size, () -> taken.contains(20L));
            assertEquals(List.of(17L, 18L, 19L, 20L), taken);
            Wait.until(
                    "the end to be known", watch::written, () -> watch.written().containsKey("metrics"));
        }
    }

    @Test
    void shouldCountRecordsAndNotTheMarksOfTransactionsBetweenThem() {
        MockConsumer<byte[], byte[]> consumer = consumer(0, 0);
        try (TopicWatch watch = watch(List.of(consumer))) {
            Wait.until("the end", watch::written, () -> watch.written().containsKey("metrics"));
            for (long offset = 1; offset < 100; offset += 2) {
                consumer.addRecord(record(offset));
            }
            Wait.until("every record", taken::size, () -> taken.size() == 50);
            // None is read of these, since nobody has them: half of the offsets are records.
            consumer.updateEndOffsets(Map.of(PLACE, 140L));
            Wait.until(
                    "what is still to be read",
                    watch::written,
                    () -> watch.written().get("metrics") == 70);
        }
    }

    @Test
    void shouldTakeAFewOfManyAndCountThemAll() {
        MockConsumer<byte[], byte[]> consumer = consumer(0, 0);
        Pace few = new Pace(3, 100, 10, 1, 1);
        try (TopicWatch watch =
                new TopicWatch(() -> consumer, List.of("metrics"), few, record -> taken.add(record.offset())).start()) {
            Wait.until("the end", watch::written, () -> watch.written().containsKey("metrics"));
            for (int look = 1; look <= 20; look++) {
                long end = 50_000L * look;
                consumer.updateEndOffsets(Map.of(PLACE, end));
                Wait.until("the end", watch::written, () -> watch.written().get("metrics") == end);
                for (long offset = end - 3; offset < end; offset++) {
                    consumer.addRecord(record(offset));
                }
                Wait.until("the records near the end", taken::size, () -> taken.contains(end - 1));
            }
            assertEquals(20 * 3, taken.size());
        }
    }

    @Test
    void shouldNotGoBackBehindWhatIsStillThere() {
        MockConsumer<byte[], byte[]> consumer = consumer(18, 20);
        try (TopicWatch watch = watch(List.of(consumer))) {
            Wait.until("all that is there", taken::size, () -> taken.size() >= 2);
            assertEquals(List.of(18L, 19L), taken);
        }
    }

    @Test
    void shouldBeginAnewWhenARecordCouldNotBeTaken() {
        MockConsumer<byte[], byte[]> first = consumer(0, 20);
        first.schedulePollTask(() -> first.setPollException(new KafkaException("away")));
        try (TopicWatch watch = watch(List.of(first, consumer(0, 30)))) {
            Wait.until("the records of the second", taken::size, () -> taken.contains(29L));
            assertEquals(List.of(17L, 18L, 19L, 27L, 28L, 29L), taken);
        }
        AtomicInteger faults = new AtomicInteger();
        MockConsumer<byte[], byte[]> bad = consumer(0, 20);
        try (TopicWatch watch = new TopicWatch(
                        () -> faults.get() == 0 ? bad : consumer(0, 40), List.of("metrics"), PACE, record -> {
                            if (faults.getAndIncrement() == 0) {
                                throw new IllegalStateException("the registry is away");
                            }
                            taken.add(record.offset());
                        })
                .start()) {
            Wait.until("the records after the fault", taken::size, () -> taken.contains(39L));
        }
    }

    @Test
    void shouldFollowPartitionsThatAreAdded() {
        MockConsumer<byte[], byte[]> before = consumer(0, 20);
        before.schedulePollTask(() -> before.updatePartitions(
                "metrics",
                List.of(
                        new PartitionInfo("metrics", 0, Node.noNode(), null, null),
                        new PartitionInfo("metrics", 1, Node.noNode(), null, null))));
        MockConsumer<byte[], byte[]> after = consumer(0, 22);
        try (TopicWatch watch = watch(List.of(before, after))) {
            Wait.until("what came later", taken::size, () -> taken.contains(21L));
            assertEquals(List.of(17L, 18L, 19L, 20L, 21L), taken, "each once");
        }
    }

    @Test
    void shouldFollowTheOthersWhenATopicMayNotBeRead() {
        MockConsumer<byte[], byte[]> first = consumer(0, 20);
        first.updatePartitions("hidden", List.of(new PartitionInfo("hidden", 0, Node.noNode(), null, null)));
        first.updateBeginningOffsets(Map.of(new TopicPartition("hidden", 0), 0L));
        first.updateEndOffsets(Map.of(new TopicPartition("hidden", 0), 0L));
        first.schedulePollTask(() -> first.setPollException(new TopicAuthorizationException(Set.of("hidden"))));
        try (TopicWatch watch = watch(List.of(first, consumer(0, 30)), List.of("metrics", "hidden"))) {
            Wait.until("the records of the second", taken::size, () -> taken.contains(29L));
        }
    }

    private TopicWatch watch(List<MockConsumer<byte[], byte[]>> consumers) {
        return watch(consumers, List.of("metrics"));
    }

    private TopicWatch watch(List<MockConsumer<byte[], byte[]>> consumers, List<String> topics) {
        AtomicInteger next = new AtomicInteger();
        return new TopicWatch(
                        () -> {
                            int i = next.getAndIncrement();
                            if (i >= consumers.size()) {
                                throw new KafkaException("no more");
                            }
                            return consumers.get(i);
                        },
                        topics,
                        PACE,
                        record -> taken.add(record.offset()))
                .start();
    }

    private static MockConsumer<byte[], byte[]> consumer(long first, long end) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions("metrics", List.of(new PartitionInfo("metrics", 0, Node.noNode(), null, null)));
        consumer.updateBeginningOffsets(Map.of(PLACE, first));
        consumer.updateEndOffsets(Map.of(PLACE, end));
        consumer.schedulePollTask(() -> {
            for (long offset = first; offset < end; offset++) {
                consumer.addRecord(record(offset));
            }
        });
        return consumer;
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>("metrics", 0, offset, null, "x".getBytes(StandardCharsets.UTF_8));
    }
}
