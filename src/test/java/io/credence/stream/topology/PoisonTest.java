package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of bad record, between two good ones, on both topics. */
class PoisonTest {
    enum Poison {
        NULL_VALUE("NULL_VALUE"),
        EMPTY_VALUE("EMPTY_VALUE"),
        WRONG_MAGIC("BAD_MAGIC"),
        TRUNCATED("UNDECODABLE"),
        UNKNOWN_SCHEMA_ID("UNKNOWN_SCHEMA"),
        SCHEMA_OF_A_STRING("NOT_A_RECORD"),
        INFINITE_FEATURE("NON_FINITE_FEATURE"),
        MISSING_FEATURE("MISSING_FEATURE"),
        FEATURE_OF_WRONG_TYPE("BAD_FEATURE"),
        UNSEEN_CATEGORY("UNSEEN_CATEGORY"),
        NULL_MODEL_KEY("NULL_MODEL_KEY");

        private final String reason;

        Poison(String reason) {
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource(Poison.class)
    void shouldGoToTheDeadLettersWithItsOwnBytesWhenItIsPoison(Poison poison) {
        for (String topic : List.of(Rides.LABELLED, Rides.UNLABELLED)) {
            try (Bench bench = new Bench(
                    "credence.model.key", "city",
                    "credence.features", "km,city:onehot(A,B)",
                    "credence.features.unseen", "reject")) {
                byte[] bytes = bytes(poison, bench, topic);
                bench.send(topic, Rides.ride("before", "A", 1, 2.0));
                bench.send(topic, Bench.utf8("key"), bytes);
                bench.send(topic, Rides.ride("after", "B", 1, 2.0));
                bench.pass(1_000);

                var letters = bench.read(bench.topics.deadLetters());
                assertEquals(1, letters.size());
                assertArrayEquals(bytes, letters.get(0).value());
                assertEquals(poison.reason, Bench.header(letters.get(0), DeadLetter.REASON));
                assertEquals("1", Bench.header(letters.get(0), DeadLetter.OFFSET));
                String good = topic.equals(Rides.LABELLED) ? bench.topics.training() : bench.topics.scored();
                assertEquals(2, bench.read(good).size());
            }
        }
    }

    private static byte @Nullable [] bytes(Poison poison, Bench bench, String topic) {
        byte[] good = bench.rides.bytes(topic, Rides.ride("x", "A", 1, 2.0));
        return switch (poison) {
            case NULL_VALUE -> null;
            case EMPTY_VALUE -> new byte[0];
            case WRONG_MAGIC -> changed(good, 0, 1);
            case TRUNCATED -> Arrays.copyOf(good, good.length - 3);
            case UNKNOWN_SCHEMA_ID -> changed(good, 3, 99);
            case SCHEMA_OF_A_STRING -> bench.rides.string("hello");
            case INFINITE_FEATURE -> bench.rides.bytes(topic, Rides.ride("x", "A", Double.POSITIVE_INFINITY, 2.0));
            case MISSING_FEATURE -> bench.rides.bytes(topic, other(km -> km.optionalDouble("km"), null));
            case FEATURE_OF_WRONG_TYPE -> bench.rides.bytes(topic, other(km -> km.requiredString("km"), "far"));
            case UNSEEN_CATEGORY -> bench.rides.bytes(topic, Rides.ride("x", "C", 1, 2.0));
            case NULL_MODEL_KEY -> bench.rides.bytes(topic, Rides.ride("x", null, 1, 2.0));
        };
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static GenericRecord other(
            java.util.function.UnaryOperator<SchemaBuilder.FieldAssembler<Schema>> km, @Nullable Object value) {
        var fields = SchemaBuilder.record("Ride")
                .namespace("test")
                .fields()
                .requiredString("id")
                .requiredString("city")
                .optionalDouble("fare");
        Schema schema = km.apply(fields).endRecord();
        return new GenericRecordBuilder(schema)
                .set("id", "x")
                .set("city", "A")
                .set("fare", 2.0)
                .set("km", value)
                .build();
    }
}
