package io.credence.tool.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.tool.csv.CsvException;
import io.credence.tool.csv.CsvTable;
import io.credence.tool.feed.Production.Form;
import io.credence.tool.feed.Production.Order;
import io.credence.tool.feed.Production.Result;
import io.credence.tool.feed.Production.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class ProductionTest {
    private static final CsvTable TABLE = RowSchemaTest.table(
            "at,x,y", "1970-01-01 00:01,1,10", "1970-01-01 00:02,2", "1970-01-01 00:03,3,30", "1970-01-01 00:04,4,40");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicLong told = new AtomicLong();

    @Test
    void shouldSendTheRowsInTheirOrderWhenTheyCanBeUsed() {
        Production production = production(Form.AS_THEY_ARE, 0, 0, 9);
        Result result = send(production);
        assertEquals(
                List.of("labels 60000 1: x=1 y=10", "labels 180000 3: x=3 y=30", "labels 240000 4: x=4 y=40"), sent());
        assertEquals(List.of("file 'rows.csv' row 1 (line 3): it has 2 cells, expected 3"), production.rejections());
        assertEquals(3, result.records());
        assertEquals(0, result.questions());
        assertEquals(3, told.get());
        assertEquals(3, production.records());
    }

    @Test
    void shouldLeaveOutTheLabelWhenTheRowsAreQuestions() {
        assertEquals(2, send(production(Form.QUESTIONS, 0, 2, 9)).questions());
        assertEquals(List.of("events 180000 3: x=3 y=null", "events 240000 4: x=4 y=null"), sent());
    }

    @Test
    void shouldSendEachLabelLaterWhenItIsDelayed() {
        Production production = production(Form.BOTH, 1, 0, 9);
        assertEquals(6, production.records());
        send(production);
        assertEquals(
                List.of(
                        "events 60000 1: x=1 y=null",
                        "events 180000 3: x=3 y=null",
                        "labels 180000 1: x=1 y=10",
                        "events 240000 4: x=4 y=null",
                        "labels 240000 3: x=3 y=30",
                        "labels 240000 4: x=4 y=40"),
                sent());
    }

    @Test
    void shouldSendEveryLabelWhenTheDelayIsLongerThanTheFile() {
        send(production(Form.BOTH, 99, 2, 9));
        assertEquals(4, sent().size());
        assertEquals("labels 240000 3: x=3 y=30", sent().get(2));
    }

    @Test
    void shouldStopWhenTheLimitIsReachedOrItIsToldTo() {
        send(production(Form.AS_THEY_ARE, 0, 0, 2));
        assertEquals(2, sent().size());
        producer.clear();
        production(Form.AS_THEY_ARE, 0, 0, 9)
                .send(
                        producer,
                        this::encode,
                        new Topics("labels", "events"),
                        told::addAndGet,
                        () -> sent().size() == 1);
        assertEquals(1, sent().size());
    }

    @Test
    void shouldKeepToTheRateWhenOneIsGiven() {
        Order order = new Order(null, null, "y", Form.AS_THEY_ARE, 0, 0, 9, 20);
        double seconds = send(new Production(rows(TABLE), order)).seconds();
        assertTrue(seconds >= 0.1, "the third of 20 in a second is due after 0.1 s: " + seconds);
    }

    @Test
    void shouldFailWhenTheBrokerRefusesARecord() {
        producer.sendException = new KafkaException("too large");
        KafkaException failed = assertThrows(KafkaException.class, () -> send(production(Form.AS_THEY_ARE, 0, 1, 9)));
        assertTrue(String.valueOf(failed.getMessage()).contains("too large"), failed.getMessage());
    }

    @Test
    void shouldFailWhenNoRowCanBeUsed() {
        CsvException refused = assertThrows(CsvException.class, () -> production(Form.AS_THEY_ARE, 0, 9, 9));
        assertEquals("file 'rows.csv' has no row to send: it has 4", refused.getMessage());
        refused = assertThrows(
                CsvException.class,
                () -> new Production(
                        rows(RowSchemaTest.table("at,x,y", "1970-01-01,1,2", "noon,1,2")),
                        order(Form.AS_THEY_ARE, 0, 1, 9)));
        assertEquals(
                "all 1 rows are rejected; the first: file 'rows.csv' row 1 (line 3), column 'at' is 'noon', which is no"
                        + " time",
                refused.getMessage());
    }

    private static Order order(Form form, int delay, int from, int limit) {
        return new Order("x", "at", "y", form, delay, from, limit, 0);
    }

    private static Production production(Form form, int delay, int from, int limit) {
        return new Production(rows(TABLE), order(form, delay, from, limit));
    }

    private static RowRecords rows(CsvTable table) {
        return new RowRecords(table, RowSchema.infer(table, "t", "y"));
    }

    private Result send(Production production) {
        return production.send(producer, this::encode, new Topics("labels", "events"), told::addAndGet, () -> false);
    }

    private byte[] encode(String topic, org.apache.avro.generic.GenericRecord value) {
        return ("x=" + value.get("x") + " y=" + value.get("y")).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> sent() {
        return producer.history().stream()
                .map(record -> record.topic() + " " + record.timestamp() + " " + text(record.key()) + ": "
                        + text(record.value()))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
