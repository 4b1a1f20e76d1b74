package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.prediction;
import static io.credence.stream.topology.Bench.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class ScoringProcessorTest {
    @Test
    void shouldScoreTheFirstEventAtOnceAndTheRestWhenTheLingerIsOver() {
        try (Bench bench = new Bench("credence.score.batch.size", "10", "credence.score.linger.ms", "20")) {
            bench.score("a", 1);
            assertEquals(List.of("a"), bench.scoredIds());
            bench.score("b", 2);
            bench.score("c", 3);
            bench.pass(10);
            assertEquals(List.of(), bench.scoredIds());
            bench.pass(10);
            assertEquals(List.of("b", "c"), bench.scoredIds());
            bench.pass(10);
            bench.score("d", 4);
            assertEquals(List.of("d"), bench.scoredIds(), "30 ms after the last arrival");
        }
    }

    @Test
    void shouldScoreInOrderWhenBatchesFill() {
        try (Bench bench = new Bench("credence.score.batch.size", "3", "credence.score.linger.ms", "1000")) {
            for (String id : List.of("a", "b", "c", "d", "e", "f")) {
                bench.score(id, 1);
            }
            assertEquals(List.of("a", "b", "c", "d"), bench.scoredIds());
            bench.pass(1_000);
            assertEquals(List.of("e", "f"), bench.scoredIds());
        }
    }

    @Test
    void shouldScoreEachAtOnceWhenThereIsNoLinger() {
        try (Bench bench = new Bench("credence.score.linger.ms", "0")) {
            bench.score("a", 1);
            bench.score("b", 1);
            assertEquals(List.of("a", "b"), bench.scoredIds());
        }
    }

    @Test
    void shouldKeepRecordKeyHeadersAndTimestamp() {
        try (Bench bench = new Bench("credence.score.linger.ms", "20")) {
            for (String id : List.of("a", "b")) {
                byte[] value = bench.rides.bytes(Rides.UNLABELLED, Rides.ride(id, "Köln", 3, null));
                bench.send(Rides.UNLABELLED, null, value, new RecordHeader("trace", utf8(id)));
            }
            bench.pass(20);
            List<TestRecord<byte[], byte[]>> scored = bench.read(bench.topics.scored());
            for (int i = 0; i < 2; i++) {
                TestRecord<byte[], byte[]> out = scored.get(i);
                GenericRecord value = bench.rides.read(out.value());
                assertEquals(null, out.key());
                assertEquals(1, out.headers().toArray().length);
                assertEquals(value.get("id").toString(), Bench.header(out, "trace"));
                assertEquals("2024-05-01T00:00:00Z", out.getRecordTime().toString());
                assertEquals("Köln", value.get("city").toString());
                assertEquals(3.0, value.get("km"));
            }
        }
    }

    @Test
    void shouldPredictFromThePriorThenFromThePublishedModel() {
        try (Bench bench = new Bench()) {
            bench.score("a", 3);
            GenericRecord before = prediction(bench.scored().get(0));
            assertEquals(true, before.get("warmingUp"));
            assertEquals(0L, before.get("eventsSeen"));
            assertTrue((double) before.get("variance") > 0);

            bench.train(60);
            bench.pass(50);
            bench.score("b", 3);
            assertEquals(0L, prediction(bench.scored().get(0)).get("eventsSeen"), "not yet published");

            bench.pass(1_000);
            bench.score("c", 3);
            GenericRecord after = prediction(bench.scored().get(0));
            assertEquals(60L, after.get("eventsSeen"));
            assertEquals(false, after.get("warmingUp"));
            assertEquals(6, (double) after.get("mean"), 2);
            assertNotEquals(before.get("modelStep"), after.get("modelStep"));
        }
    }

    @Test
    void shouldUseEachEventsOwnModelWhenModelsAreKeyed() {
        try (Bench bench = new Bench("credence.model.key", "city", "credence.score.linger.ms", "20")) {
            for (int i = 0; i < 80; i++) {
                bench.send(Rides.LABELLED, Rides.ride("a" + i, "A", i % 7, 2.0 * (i % 7)));
                bench.send(Rides.LABELLED, Rides.ride("b" + i, "B", i % 7, 100 - 2.0 * (i % 7)));
            }
            bench.pass(1_000);
            for (String city : List.of("A", "B", "A", "C")) {
                bench.send(Rides.UNLABELLED, Rides.ride(city, city, 3, null));
            }
            bench.pass(20);
            List<GenericRecord> scored = bench.scored();
            assertEquals(
                    List.of("A", "B", "A", "C"),
                    scored.stream().map(r -> r.get("id").toString()).toList());
            assertEquals(6, (double) prediction(scored.get(0)).get("mean"), 4);
            assertEquals(94, (double) prediction(scored.get(1)).get("mean"), 4);
            assertEquals(6, (double) prediction(scored.get(2)).get("mean"), 4);
            assertEquals("A", prediction(scored.get(2)).get("modelKey").toString());
            assertEquals(0L, prediction(scored.get(3)).get("eventsSeen"));
        }
    }

    @Test
    void shouldFollowWhenTheInputSchemaEvolves() {
        Schema evolved = SchemaBuilder.record("Ride")
                .namespace("test")
                .fields()
                .requiredString("id")
                .requiredDouble("km")
                .optionalDouble("fare")
                .optionalString("driver")
                .endRecord();
        GenericRecord ride = new GenericRecordBuilder(evolved)
                .set("id", "b")
                .set("km", 2.0)
                .set("driver", "Ada")
                .build();
        try (Bench bench = new Bench("credence.score.linger.ms", "0")) {
            bench.score("a", 1);
            bench.send(Rides.UNLABELLED, ride);
            bench.score("c", 1);
            List<GenericRecord> scored = bench.scored();
            assertEquals("Ada", scored.get(1).get("driver").toString());
            assertFalse(scored.get(0).hasField("driver") || scored.get(2).hasField("driver"));
            assertTrue((double) prediction(scored.get(1)).get("variance") > 0);
        }
    }

    @Test
    void shouldRejectTheEventAloneWhenItsSchemaLeavesNoRoomForThePrediction() {
        Schema taken = SchemaBuilder.record("Taken")
                .namespace("test")
                .fields()
                .requiredString("id")
                .requiredDouble("km")
                .requiredString("prediction")
                .endRecord();
        GenericRecord ride = new GenericRecordBuilder(taken)
                .set("id", "b")
                .set("km", 2.0)
                .set("prediction", "rain")
                .build();
        try (Bench bench = new Bench("credence.score.linger.ms", "20")) {
            bench.score("a", 1);
            bench.score("x", 1);
            bench.send(Rides.UNLABELLED, ride);
            bench.score("c", 1);
            bench.pass(20);
            assertEquals(List.of("a", "x", "c"), bench.scoredIds());
            TestRecord<byte[], byte[]> letter =
                    bench.read(bench.topics.deadLetters()).get(0);
            assertEquals("NOT_ENCODABLE", Bench.header(letter, DeadLetter.REASON));
            assertEquals("2", Bench.header(letter, DeadLetter.OFFSET), "its own offset, not the batch's last");
            assertArrayEquals(bench.rides.bytes(Rides.UNLABELLED, ride), letter.value());
        }
    }
}
