package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.BikeHour;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class BikeFeedTest {
    private final List<BikeHour> hours = BikeHours.load().subList(0, 400);
    private final MockProducer<String, BikeHour> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, hour) -> new byte[0]);

    @Test
    void shouldAskBeforeItTellsWhenFeeding() throws Exception {
        feed((learned, patience) -> {}).send(hours);
        List<ProducerRecord<String, BikeHour>> sent = producer.history();
        assertEquals(800, sent.size());
        assertEquals("questions", sent.get(0).topic());
        for (int i = 1; i < hours.size(); i++) {
            ProducerRecord<String, BikeHour> answer = sent.get(2 * i - 1);
            ProducerRecord<String, BikeHour> question = sent.get(2 * i);
            assertEquals("answers", answer.topic());
            assertEquals("questions", question.topic());
            assertEquals(hours.get(i - 1).getId(), answer.key());
            assertEquals(hours.get(i).getId(), question.key());
            assertNotNull(answer.value().getCnt());
            assertNull(question.value().getCnt());
            assertEquals(3_600_000 + hours.get(i - 1).getAt().toEpochMilli(), answer.timestamp());
        }
    }

    @Test
    void shouldNeverBeMoreThanAWeekAheadWhenTheModelIsSlow() throws Exception {
        long[] learned = new long[1];
        feed((needed, patience) -> {
                    assertTrue(answers() - learned[0] <= BikeFeed.AHEAD);
                    learned[0] = Math.max(learned[0], needed);
                })
                .send(hours);
        assertEquals(400 - BikeFeed.AHEAD, learned[0]);
    }

    @Test
    void shouldGiveUpWhenTheModelStandsStill() {
        BikeFeed feed = feed((needed, patience) -> {
            throw new TimeoutException("nothing moved");
        });
        assertThrows(TimeoutException.class, () -> feed.send(hours));
        assertEquals(BikeFeed.AHEAD, answers());
    }

    @Test
    void shouldNameTheTopicWhenTheBrokerRefusesARecord() {
        var failing =
                new MockProducer<String, BikeHour>(false, null, new StringSerializer(), (t, hour) -> new byte[0]) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<String, BikeHour> record, Callback callback) {
                        Future<RecordMetadata> sent = super.send(record, callback);
                        errorNext(new RecordTooLargeException("too large"));
                        return sent;
                    }
                };
        BikeFeed feed = new BikeFeed(failing, (learned, patience) -> {}, "questions", "answers");
        KafkaException e = assertThrows(KafkaException.class, () -> feed.send(hours));
        assertTrue(e.getMessage().contains("'questions'"), e.getMessage());
    }

    private long answers() {
        return producer.history().stream()
                .filter(r -> r.topic().equals("answers"))
                .count();
    }

    private BikeFeed feed(BikeFeed.PublishedModel model) {
        return new BikeFeed(producer, model, "questions", "answers");
    }
}
