package io.credence.tool.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class FollowingTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> seen = new ArrayList<>();

    @Test
    void shouldBeginWithWhatIsThereWhenAskedTo() {
        topic();
        records(0, 3);
        Following.follow(consumer, "t", true, record -> seen.add(record.offset()) && seen.size() < 2, () -> false);
        assertEquals(List.of(0L, 1L), seen, "and end when the taker has had enough");
    }

    @Test
    void shouldBeginAtTheEndWhenNotAskedOtherwise() {
        topic();
        records(3, 5);
        Following.follow(consumer, "t", false, record -> seen.add(record.offset()), () -> seen.size() == 2);
        assertEquals(List.of(3L, 4L), seen);
    }

    @Test
    void shouldReadAPartitionThatIsAddedFromItsBeginning() {
        topic();
        records(3, 4);
        TopicPartition added = new TopicPartition("t", 1);
        consumer.schedulePollTask(() -> {
            Node[] none = {};
            consumer.updatePartitions(
                    "t",
                    List.of(
                            new PartitionInfo("t", 0, Node.noNode(), none, none),
                            new PartitionInfo("t", 1, Node.noNode(), none, none)));
            consumer.updateBeginningOffsets(Map.of(added, 0L));
            consumer.updateEndOffsets(Map.of(added, 1L));
        });
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>("t", 1, 0, new byte[0], new byte[0]));
            consumer.addRecord(new ConsumerRecord<>("t", 0, 4, new byte[0], new byte[0]));
        });
        List<String> both = new ArrayList<>();
        Following.follow(
                consumer,
                "t",
                false,
                record -> both.add(record.partition() + "@" + record.offset()),
                () -> both.size() == 3);
        assertEquals(List.of("0@3", "0@4", "1@0"), both.stream().sorted().toList(), "and go on with the others");
    }

    @Test
    void shouldSayThatTheServiceMakesTheTopicWhenItIsNotThere() {
        consumer.updatePartitions("t", List.of());
        KafkaException failed = assertThrows(
                KafkaException.class, () -> Following.follow(consumer, "t", true, record -> true, () -> false));
        assertTrue(String.valueOf(failed.getMessage()).startsWith("topic 't' is not there"), failed.getMessage());
    }

    private void topic() {
        Node[] none = {};
        consumer.updatePartitions("t", List.of(new PartitionInfo("t", 0, Node.noNode(), none, none)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
    }

    private void records(long from, long to) {
        consumer.schedulePollTask(() -> {
            for (long offset = from; offset < to; offset++) {
                consumer.addRecord(new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0]));
            }
        });
    }
}
