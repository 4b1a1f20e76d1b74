package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.fixture.Wait;
import io.credence.it.Cluster;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How far the tasks of a service are behind, as a broker tells it. */
final class TaskLagIT {
    private static final long LONG_NS = 60_000_000_000L;

    @Test
    void shouldTellHowFarEachTaskIsBehindWhetherItHasCommittedOrNot() throws Exception {
        AtomicLong clock = new AtomicLong();
        try (Cluster cluster = new Cluster(Map.of());
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrap()))) {
            cluster.create(2, "labels", "events", "standing-training", "standing-notices");
            for (int i = 0; i < 5; i++) {
                cluster.send(List.of(
                        new ProducerRecord<>("labels", 0, null, new byte[1]),
                        new ProducerRecord<>("events", 1, null, new byte[1])));
            }
            commit(admin, new TopicPartition("labels", 0), 3);
            try (TaskLag lag = new TaskLag(Standing.config("bootstrap.servers", cluster.bootstrap()), clock::get)) {
                assertEquals("[]", lag.json().toString(), "nobody waits");
                Wait.until("an answer", clock::get, () -> {
                    clock.addAndGet(LONG_NS);
                    return !lag.json().isEmpty();
                });
                assertEquals(
                        "[{\"task\":\"2_1\",\"topic\":\"events\",\"records\":5},"
                                + "{\"task\":\"0_0\",\"topic\":\"labels\",\"records\":2},"
                                + "{\"task\":\"2_0\",\"topic\":\"events\",\"records\":0},"
                                + "{\"task\":\"0_1\",\"topic\":\"labels\",\"records\":0},"
                                + "{\"task\":\"4_0\",\"topic\":\"standing-notices\",\"records\":0},"
                                + "{\"task\":\"4_1\",\"topic\":\"standing-notices\",\"records\":0},"
                                + "{\"task\":\"1_0\",\"topic\":\"standing-training\",\"records\":0},"
                                + "{\"task\":\"1_1\",\"topic\":\"standing-training\",\"records\":0}]",
                        lag.json().toString());

                commit(admin, new TopicPartition("events", 1), 4);
                Wait.until("the newer answer", clock::get, () -> {
                    clock.addAndGet(LONG_NS);
                    return lag.json().get(0).get("task").textValue().equals("0_0");
                });
            }
        }
    }

    private static void commit(Admin admin, TopicPartition partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets("standing", Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }
}
