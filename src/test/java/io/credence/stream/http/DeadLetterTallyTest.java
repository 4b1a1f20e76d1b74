package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.topology.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is told of dead letters. */
final class DeadLetterTallyTest {
    @Test
    void shouldCountDeadLettersByOurReasonsAndShowNothingOfThem() {
        DeadLetterTally tally = new DeadLetterTally();
        for (int i = 0; i < 30; i++) {
            ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>(
                    "standing-dead-letters", i % 2, 7 + i, null, "hush".getBytes(StandardCharsets.UTF_8));
            letter.headers()
                    .add(DeadLetter.REASON, (i % 3 == 0 ? "hush" + i : "BAD_MAGIC").getBytes(StandardCharsets.UTF_8))
                    .add(DeadLetter.DETAIL, "hush".getBytes(StandardCharsets.UTF_8))
                    .add(DeadLetter.TOPIC, "events".getBytes(StandardCharsets.UTF_8));
            tally.take(letter);
        }
        assertEquals(
                "{\"BAD_MAGIC\":20,\"OTHER\":10}", tally.json().get("reasons").toString());
        assertEquals(30, tally.json().get("total").intValue());
        assertEquals(7 + 8, tally.json().get("earlier").intValue(), "offsets before the first of each partition");
        assertEquals(10, tally.json().get("latest").size());
        assertTrue(!tally.json().toString().contains("hush"), tally.json().toString());
    }
}
