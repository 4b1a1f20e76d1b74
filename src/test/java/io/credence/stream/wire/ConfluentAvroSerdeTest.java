package io.credence.stream.wire;

import static io.credence.stream.wire.Fixtures.mock;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ConfluentAvroSerdeTest {
    private static final Schema V1 = SchemaBuilder.record("Trip")
            .namespace("acme")
            .fields()
            .requiredString("who")
            .requiredInt("n")
            .endRecord();
    private static final Schema V2 = SchemaBuilder.record("Trip")
            .namespace("acme")
            .fields()
            .requiredInt("n")
            .optionalString("why")
            .requiredString("who")
            .endRecord();
    private static final GenericRecord RIDE =
            new GenericRecordBuilder(V1).set("who", "ann").set("n", 7).build();

    @Test
    void shouldWriteTheConfluentWireFormat() throws IOException {
        Map<String, Object> settings = mock("wire");
        byte[] bytes = serde(settings).serializer().serialize("t", RIDE);
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            expected.write(0);
            expected.writeBytes(
                    ByteBuffer.allocate(4).putInt(registry.id("t-value", V1)).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(expected, null);
            new GenericDatumWriter<GenericRecord>(V1).write(RIDE, encoder);
            assertArrayEquals(expected.toByteArray(), bytes);
        }
    }

    @Test
    void shouldRoundTripWhenSchemasAndValuesAreRandom() {
        ConfluentAvroSerde serde = serde(mock("roundtrip"));
        for (int seed = 0; seed < 100; seed++) {
            RandomRecords random = new RandomRecords(seed);
            GenericRecord value = random.value(random.schema());
            String topic = "t" + seed;
            assertEquals(
                    value,
                    serde.deserializer().deserialize(topic, serde.serializer().serialize(topic, value)));
        }
    }

    @Test
    void shouldPassNullThrough() {
        ConfluentAvroSerde serde = serde(mock("nulls"));
        assertNull(serde.serializer().serialize("t", null));
        assertNull(serde.deserializer().deserialize("t", (byte[]) null));
    }

    @Test
    void shouldThrowWithTheReasonWhenUsedAsAPlainSerde() {
        var e = assertThrows(
                SerializationException.class,
                () -> serde(mock("plain")).deserializer().deserialize("t", new byte[] {9}));
        assertTrue(e.getMessage().contains("BAD_MAGIC"), e.getMessage());
    }

    @Test
    void shouldRefuseWhenTheSchemaIsUnregisteredAndMayNotBe() {
        Map<String, Object> settings = mock("manual", "auto.register.schemas", "false");
        ConfluentAvroSerde serde = serde(settings);
        assertThrows(SchemaRefusedException.class, () -> serde.serializer().serialize("t", RIDE));
        int id;
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            id = registry.register("t-value", V1);
        }
        assertEquals(
                id, ByteBuffer.wrap(serde.serializer().serialize("t", RIDE)).getInt(1));
    }

    @Test
    void shouldWriteInTheLatestSchemaWhenConfigured() {
        Map<String, Object> settings = mock("latest", "auto.register.schemas", false, "use.latest.version", true);
        int id;
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            registry.register("t-value", V1);
            id = registry.register("t-value", V2);
        }
        ConfluentAvroSerde serde = serde(settings);
        byte[] bytes = serde.serializer().serialize("t", RIDE);
        assertEquals(id, ByteBuffer.wrap(bytes).getInt(1));
        GenericRecord read = serde.deserializer().deserialize("t", bytes);
        assertEquals("ann", read.get("who").toString());
        assertEquals(7, read.get("n"));
        assertNull(read.get("why"));
    }

    @Test
    void shouldRefuseWhenTheLatestSchemaCannotHoldTheRecord() {
        Map<String, Object> settings = mock("narrow", "auto.register.schemas", false, "use.latest.version", true);
        Schema other = SchemaBuilder.record("Trip")
                .namespace("acme")
                .fields()
                .requiredString("n")
                .endRecord();
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            registry.register("t-value", other);
        }
        var e = assertThrows(
                SchemaRefusedException.class, () -> serde(settings).serializer().serialize("t", RIDE));
        assertTrue(e.getMessage().contains("t-value"), e.getMessage());
    }

    private static ConfluentAvroSerde serde(Map<String, Object> settings) {
        ConfluentAvroSerde serde = new ConfluentAvroSerde();
        serde.configure(settings, false);
        return serde;
    }
}
