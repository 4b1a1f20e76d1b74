package io.credence.stream.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldValueTest {
    private static final Instant NOON = Instant.parse("2012-10-29T12:00:00.123Z");

    @ParameterizedTest
    @CsvSource({
        "timestamp-millis, 1",
        "timestamp-micros, 1000",
        "timestamp-nanos, 1000000",
        "local-timestamp-millis, 1",
        "local-timestamp-micros, 1000",
        "local-timestamp-nanos, 1000000"
    })
    void shouldReadAnInstantWhenTheLogicalTypeIsATimestamp(String type, long perMilli) {
        Schema raw = new Schema.Parser().parse("{\"type\":\"long\",\"logicalType\":\"" + type + "\"}");
        Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), raw);
        for (Schema schema : List.of(raw, nullable)) {
            assertEquals(NOON, FieldValue.of(schema).read(NOON.toEpochMilli() * perMilli));
            assertEquals(Instant.ofEpochMilli(-1), FieldValue.of(schema).read(-perMilli));
        }
    }

    @Test
    void shouldReadTheBeginOfTheDayWhenTheLogicalTypeIsADate() {
        Schema date = LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
        assertEquals(Instant.parse("2012-10-29T00:00:00Z"), FieldValue.of(date).read((int)
                LocalDate.of(2012, 10, 29).toEpochDay()));
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.kafka.connect.data.Timestamp, 1",
        "io.debezium.time.Timestamp, 1",
        "io.debezium.time.MicroTimestamp, 1000",
        "io.debezium.time.NanoTimestamp, 1000000"
    })
    void shouldReadAnInstantWhenConnectNamesTheType(String name, long perMilli) {
        Schema schema = new Schema.Parser().parse("{\"type\":\"long\",\"connect.name\":\"" + name + "\"}");

        assertEquals(NOON, FieldValue.of(schema).read(NOON.toEpochMilli() * perMilli));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.kafka.connect.data.Date", "io.debezium.time.Date"})
    void shouldReadADayWhenConnectNamesTheType(String name) {
        Schema schema = new Schema.Parser().parse("{\"type\":\"int\",\"connect.name\":\"" + name + "\"}");

        assertEquals(
                Instant.parse("1970-01-02T00:00:00Z"), FieldValue.of(schema).read(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"logicalType\":\"decimal\",\"scale\":127,\"precision\":64",
                "\"connect.name\":\"org.apache.kafka.connect.data.Decimal\",\"connect.parameters\":{\"scale\":\"127\"}"
            })
    void shouldReadADecimalWhenItHasMoreDigitsAfterThePointThanInAll(String properties) {
        Schema schema = new Schema.Parser().parse("{\"type\":\"bytes\"," + properties + "}");
        BigDecimal value = new BigDecimal("22.31").setScale(127);

        assertEquals(
                value,
                FieldValue.of(schema).read(ByteBuffer.wrap(value.unscaledValue().toByteArray())));
    }

    @Test
    void shouldReadADecimalWhenItBringsItsScale() {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"VariableScaleDecimal","namespace":"io.debezium.data","fields":[
                 {"name":"scale","type":"int"},{"name":"value","type":"bytes"}]}""");
        GenericData.Record decimal = new GenericData.Record(schema);
        decimal.put("scale", 2);
        decimal.put("value", ByteBuffer.wrap(BigInteger.valueOf(2231).toByteArray()));

        assertEquals(new BigDecimal("22.31"), FieldValue.of(schema).read(decimal));
        decimal.put("value", ByteBuffer.allocate(0));
        assertSame(FieldValue.UNUSABLE, FieldValue.of(schema).read(decimal));
    }

    @Test
    void shouldReadTheUuidWhenItIsSixteenBytes() {
        Schema schema =
                new Schema.Parser().parse("{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"}");
        byte[] bytes = new byte[16];
        bytes[15] = 7;

        assertEquals(
                "00000000-0000-0000-0000-000000000007",
                FieldValue.of(schema).read(new GenericData.Fixed(schema, bytes)));
    }

    @Test
    void shouldReadDecimalsOfBytesAndFixed() {
        LogicalTypes.Decimal type = LogicalTypes.decimal(9, 2);
        Schema bytes = type.addToSchema(Schema.create(Schema.Type.BYTES));
        byte[] raw = BigInteger.valueOf(-12_345).toByteArray();
        assertEquals(new BigDecimal("-123.45"), FieldValue.of(bytes).read(ByteBuffer.wrap(raw)));
        Schema fixed = LogicalTypes.decimal(4, 2).addToSchema(Schema.createFixed("D", null, null, raw.length));
        assertEquals(new BigDecimal("-123.45"), FieldValue.of(fixed).read(new GenericData.Fixed(fixed, raw)));
        assertSame(FieldValue.UNUSABLE, FieldValue.of(bytes).read(ByteBuffer.allocate(0)));
    }

    @Test
    void shouldReadConvertedValuesWhenTheSerdeConvertsLogicalTypes() {
        FieldValue any = FieldValue.of(Schema.create(Schema.Type.LONG));
        assertEquals(NOON, any.read(NOON));
        assertEquals(Instant.parse("2012-10-29T00:00:00Z"), any.read(LocalDate.of(2012, 10, 29)));
        assertEquals(Instant.parse("2012-10-29T12:30:00Z"), any.read(LocalDateTime.of(2012, 10, 29, 12, 30)));
        assertEquals(BigDecimal.ONE, any.read(BigDecimal.ONE));
    }

    @Test
    void shouldReadPlainValuesAsTheyAre() {
        FieldValue any = FieldValue.of(Schema.create(Schema.Type.STRING));
        assertEquals("x", any.read(new Utf8("x")));
        assertEquals(3L, any.read(3L));
        assertEquals(1.5f, any.read(1.5f));
        assertEquals(true, any.read(true));
    }

    @Test
    void shouldBeUnusableWhenTheValueIsNoScalar() {
        FieldValue plain = FieldValue.of(Schema.create(Schema.Type.BYTES));
        assertSame(FieldValue.UNUSABLE, plain.read(ByteBuffer.allocate(3)));
        assertSame(FieldValue.UNUSABLE, plain.read(List.of(1)));
        assertSame(FieldValue.UNUSABLE, plain.read(Map.of()));
        Schema fixed = Schema.createFixed("F", null, null, 2);
        assertSame(FieldValue.UNUSABLE, FieldValue.of(fixed).read(new GenericData.Fixed(fixed, new byte[2])));
    }
}
