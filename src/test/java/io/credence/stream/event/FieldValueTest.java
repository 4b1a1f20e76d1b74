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
