package io.credence.stream.wire;

import static io.credence.stream.wire.Fixtures.NO_HEADERS;
import static io.credence.stream.wire.Fixtures.accepted;
import static io.credence.stream.wire.Fixtures.mock;
import static io.credence.stream.wire.Fixtures.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
    private static final Schema TRIP = SchemaBuilder.record("Trip")
            .fields()
            .requiredString("who")
            .requiredDouble("far")
            .endRecord();
    private static final GenericRecord RIDE =
            new GenericRecordBuilder(TRIP).set("who", "ann").set("far", 2.5).build();

    private final Map<String, Object> settings = mock("decoder");
    private final TaskSerdes serdes = TaskSerdes.of(settings);
    private final RecordDecoder decoder = serdes.decoder();
    private final byte[] good = accepted(serdes.encoder().encode("t", NO_HEADERS, RIDE));

    @Test
    void shouldDecodeWhatTheSerdeWrote() {
        GenericRecord read = accepted(decoder.decode("t", NO_HEADERS, good));
        assertEquals("ann", read.get("who").toString());
        assertEquals(2.5, read.get("far"));
    }

    @Test
    void shouldNameTheReasonWhenTheValueIsBroken() {
        byte[] badMagic = good.clone();
        badMagic[0] = 1;
        byte[] unknown = good.clone();
        ByteBuffer.wrap(unknown).putInt(1, 999_999);
        assertEquals(Reason.NULL_VALUE, reason(null));
        assertEquals(Reason.EMPTY_VALUE, reason(new byte[0]));
        assertEquals(Reason.BAD_MAGIC, reason(badMagic));
        assertEquals(Reason.UNKNOWN_SCHEMA, reason(unknown));
        assertEquals(Reason.UNDECODABLE, reason(Arrays.copyOf(good, good.length + 1)));
        assertTrue(rejected(decoder.decode("t", NO_HEADERS, unknown)).detail().contains("999999"));
    }

    @Test
    void shouldFollowWhenSchemasAlternate() {
        Schema other = SchemaBuilder.record("Stop").fields().requiredInt("who").endRecord();
        GenericRecord stop = new GenericRecordBuilder(other).set("who", 5).build();
        byte[] second = accepted(serdes.encoder().encode("u", NO_HEADERS, stop));
        byte[] unknown = good.clone();
        ByteBuffer.wrap(unknown).putInt(1, 0);
        for (int i = 0; i < 3; i++) {
            assertEquals(Reason.UNKNOWN_SCHEMA, reason(unknown));
            assertEquals(
                    RIDE.toString(),
                    accepted(decoder.decode("t", NO_HEADERS, good)).toString());
            assertEquals(stop, accepted(decoder.decode("t", NO_HEADERS, second)));
        }
    }

    @Test
    void shouldRejectEveryTruncation() {
        for (int length = 1; length < good.length; length++) {
            assertEquals(Reason.UNDECODABLE, reason(Arrays.copyOf(good, length)), "length " + length);
        }
    }

    @Test
    void shouldRejectWhenTheSchemaIsNoRecord() {
        int id;
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            id = registry.register("text-value", Schema.create(Schema.Type.STRING));
        }
        byte[] text = ByteBuffer.allocate(7)
                .put((byte) 0)
                .putInt(id)
                .put((byte) 2)
                .put((byte) 'x')
                .array();
        assertEquals(Reason.NOT_A_RECORD, reason(text));
    }

    @Test
    void shouldReadTheRecordWhenTheSchemaIsAUnionOfSeveral() {
        Schema union = new Schema.Parser().parse("""
                ["null",
                 {"type":"record","name":"Reading","fields":[{"name":"load","type":"int"}]},
                 {"type":"record","name":"Door","fields":[{"name":"opened","type":"boolean"}]}]""");
        int id;
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            id = registry.register("union-value", union);
        }
        byte[] reading = ByteBuffer.allocate(7)
                .put((byte) 0)
                .putInt(id)
                .put((byte) 2)
                .put((byte) 6)
                .array();
        byte[] none =
                ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 0).array();

        GenericRecord record = Fixtures.accepted(decoder.decode("t", Fixtures.NO_HEADERS, reading));
        assertEquals(3, record.get("load"));
        assertEquals("Reading", record.getSchema().getName());
        assertEquals(Reason.NOT_A_RECORD, reason(none));
    }

    @Test
    void shouldRejectWhenTheRecordIsNestedTooDeeply() {
        Schema list = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"L\",\"fields\":["
                        + "{\"name\":\"next\",\"type\":[\"null\",\"L\"],\"default\":null}]}");
        int id;
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            id = registry.register("list-value", list);
        }
        byte[] deep = new byte[2_000_000];
        Arrays.fill(deep, (byte) 2);
        ByteBuffer.wrap(deep).put((byte) 0).putInt(id);
        assertEquals(Reason.UNDECODABLE, reason(deep));
    }

    @Test
    void shouldNeverThrowWhenBytesAreMutated() {
        Set<Reason> allowed = Set.of(Reason.BAD_MAGIC, Reason.UNKNOWN_SCHEMA, Reason.UNDECODABLE);
        RecordEncoder encoder = serdes.encoder();
        for (int seed = 0; seed < 60; seed++) {
            RandomRecords records = new RandomRecords(seed);
            byte[] bytes = accepted(encoder.encode("m" + seed, NO_HEADERS, records.value(records.schema())));
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                byte[] mutant = bytes.clone();
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    // The id stays, mostly: other ids are another test.
                    int at = Math.min(
                            mutant.length - 1,
                            random.nextInt(20) == 0 ? random.nextInt(5) : 5 + random.nextInt(mutant.length));
                    mutant[at] = (byte) random.nextInt(256);
                }
                if (decoder.decode("m", NO_HEADERS, mutant) instanceof Outcome.Rejected<GenericRecord> bad) {
                    assertTrue(allowed.contains(bad.rejection().reason()), bad::toString);
                }
            }
        }
    }

    @Test
    void shouldWaitAndNotRejectWhenTheRegistryIsDown() throws IOException {
        try (var fake = new FakeRegistry(FakeRegistry.error(500, 50001));
                var client = fake.client(Map.of())) {
            ConfluentAvroSerde serde = new ConfluentAvroSerde();
            serde.use(client);
            assertThrows(
                    RegistryUnavailableException.class, () -> new RecordDecoder(serde).decode("t", NO_HEADERS, good));
            assertThrows(
                    RegistryUnavailableException.class, () -> new RecordEncoder(serde).encode("t", NO_HEADERS, RIDE));
        }
    }

    @Test
    void shouldRejectTheRecordWhenTheRegistryRefusesItsSchema() throws IOException {
        try (var fake = new FakeRegistry(FakeRegistry.error(409, 409));
                var client = fake.client(Map.of())) {
            ConfluentAvroSerde serde = new ConfluentAvroSerde();
            serde.use(client);
            assertEquals(
                    Reason.NOT_ENCODABLE,
                    rejected(new RecordEncoder(serde).encode("t", NO_HEADERS, RIDE))
                            .reason());
        }
    }

    @Test
    void shouldRejectTheRecordWhenAValueDoesNotFit() {
        var bad = new org.apache.avro.generic.GenericData.Record(TRIP);
        bad.put("who", 3);
        RecordEncoder encoder = serdes.encoder();
        assertEquals(
                Reason.NOT_ENCODABLE,
                rejected(encoder.encode("t", NO_HEADERS, bad)).reason());
        assertInstanceOf(Outcome.Accepted.class, encoder.encode("t", NO_HEADERS, RIDE), "it works on");
    }

    private Reason reason(byte[] value) {
        return rejected(decoder.decode("t", NO_HEADERS, value)).reason();
    }
}
