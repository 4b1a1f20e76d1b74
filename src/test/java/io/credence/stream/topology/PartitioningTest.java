package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitioningTest {
    @Test
    void shouldSendAllChunksOfAModelToThePartitionOfItsKey() {
        for (String model : new String[] {"", "A", "a/b", "Köln"}) {
            int expected = BuiltInPartitioner.partitionForKey(Bench.utf8(model), 7);
            for (int i = 0; i < 20; i++) {
                byte[] key = Bench.utf8(model + "/" + i);
                assertEquals(
                        Optional.of(Set.of(expected)), CredenceTopology.BY_MODEL.partitions("t", key, new byte[0], 7));
            }
        }
    }

    @Test
    void shouldKeepScoredRecordsInTheirPartition() {
        assertEquals(Optional.of(Set.of(3)), CredenceTopology.BY_SOURCE.partitions("t", null, new Scored(null, 3), 6));
        assertEquals(Optional.of(Set.of(1)), CredenceTopology.BY_SOURCE.partitions("t", null, new Scored(null, 3), 2));
    }

    @Test
    void shouldTakeTheTimeOfThePartitionWhenARecordHasNone() {
        var extractor = CredenceTopology.KEPT_TIMESTAMP;
        assertEquals(0, extractor.extract(record(-1), -1));
        assertEquals(50, extractor.extract(record(-1), 50));
        assertEquals(50, extractor.extract(record(Long.MIN_VALUE), 50));
        assertEquals(0, extractor.extract(record(0), 50));
        assertEquals(Long.MAX_VALUE, extractor.extract(record(Long.MAX_VALUE), 50));
        assertEquals(7, extractor.extract(record(7), 50));
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                timestamp,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                Optional.empty());
    }
}
