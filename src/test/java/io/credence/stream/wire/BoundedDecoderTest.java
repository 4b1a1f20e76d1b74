package io.credence.stream.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class BoundedDecoderTest {
    private static final Schema NULLS = SchemaBuilder.record("N")
            .fields()
            .name("a")
            .type()
            .array()
            .items()
            .nullType()
            .noDefault()
            .endRecord();

    @Test
    void shouldReadWhatAvroWroteWhenSchemasAndValuesAreRandom() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            RandomRecords random = new RandomRecords(seed);
            Schema schema = random.schema();
            GenericRecord value = random.value(schema);
            for (byte[] bytes : List.of(encode(value, false), encode(value, true))) {
                BoundedDecoder decoder = new BoundedDecoder(bytes, 0);
                assertEquals(
                        value, new GenericDatumReader<GenericRecord>(schema).read(null, decoder), schema::toString);
                assertEquals(0, decoder.remaining());
            }
        }
    }

    @Test
    void shouldSkipWhatTheReaderDoesNotWantWhenSchemasAreRandom() throws IOException {
        Schema.Field last = new Schema.Field("last", Schema.create(Schema.Type.LONG));
        for (int seed = 0; seed < 300; seed++) {
            RandomRecords random = new RandomRecords(seed);
            Schema inner = random.schema();
            Schema writer = Schema.createRecord("W", null, "test", false);
            writer.setFields(List.of(new Schema.Field("skipped", inner), new Schema.Field(last, last.schema())));
            Schema reader = Schema.createRecord("W", null, "test", false);
            reader.setFields(List.of(new Schema.Field(last, last.schema())));
            GenericData.Record value = new GenericData.Record(writer);
            value.put("skipped", random.value(inner));
            value.put("last", 42L);
            for (byte[] bytes : List.of(encode(value, false), encode(value, true))) {
                BoundedDecoder decoder = new BoundedDecoder(bytes, 0);
                GenericRecord read = new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
                assertEquals(42L, read.get("last"));
                assertEquals(0, decoder.remaining());
            }
        }
    }

    @Test
    void shouldRefuseALengthWhenFewerBytesAreLeft() throws IOException {
        byte[] twoGigabytes = longs(Integer.MAX_VALUE - 10L);
        assertThrows(IOException.class, () -> new BoundedDecoder(twoGigabytes, 0).readBytes(null));
        assertThrows(IOException.class, () -> new BoundedDecoder(twoGigabytes, 0).readString(null));
        assertThrows(IOException.class, () -> new BoundedDecoder(twoGigabytes, 0).readString());
        assertThrows(IOException.class, () -> new BoundedDecoder(twoGigabytes, 0).skipBytes());
        assertThrows(IOException.class, () -> new BoundedDecoder(twoGigabytes, 0).readArrayStart());
        assertThrows(IOException.class, () -> new BoundedDecoder(twoGigabytes, 0).readMapStart());
        assertThrows(IOException.class, () -> new BoundedDecoder(longs(Long.MIN_VALUE), 0).readArrayStart());
        assertThrows(IOException.class, () -> new BoundedDecoder(longs(-5, Integer.MAX_VALUE), 0).skipArray());
        assertThrows(IOException.class, () -> new BoundedDecoder(longs(-1), 0).readString());
    }

    @Test
    void shouldRefuseMoreItemsThanBytesWhenItemsHaveNoSize() throws IOException {
        byte[] fine = longs(1_000, 0);
        GenericRecord read = new GenericDatumReader<GenericRecord>(NULLS).read(null, new BoundedDecoder(fine, 0));
        assertEquals(1_000, ((List<?>) read.get("a")).size());
        byte[] bomb = longs(1_000, 1_000, 1_000, 0);
        assertThrows(IOException.class, () -> new GenericDatumReader<GenericRecord>(NULLS)
                .read(null, new BoundedDecoder(bomb, 0)));
    }

    @Test
    void shouldRefuseNumbersWhenTheyAreOutOfRange() throws IOException {
        assertEquals(Long.MIN_VALUE, new BoundedDecoder(longs(Long.MIN_VALUE), 0).readLong());
        assertThrows(IOException.class, () -> new BoundedDecoder(longs(1L << 31), 0).readInt());
        assertThrows(IOException.class, () -> new BoundedDecoder(new byte[] {2}, 0).readBoolean());
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        assertThrows(IOException.class, () -> new BoundedDecoder(endless, 0).readLong());
    }

    private static byte[] longs(long... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        for (long value : values) {
            encoder.writeLong(value);
        }
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] encode(GenericRecord value, boolean blocked) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = blocked
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
