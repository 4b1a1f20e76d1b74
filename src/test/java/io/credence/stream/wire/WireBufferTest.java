package io.credence.stream.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class WireBufferTest {
    private final WireBuffer buffer = new WireBuffer();

    @Test
    void shouldWriteWhatAvroWritesWhenSchemasAndValuesAreRandom() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            RandomRecords random = new RandomRecords(seed);
            GenericRecord value = random.value(random.schema());
            GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(value.getSchema());
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(expected, null);
            writer.write(value, encoder);
            encoder.flush();
            buffer.clear();
            writer.write(value, buffer);
            assertArrayEquals(expected.toByteArray(), buffer.toByteArray(), value.getSchema()::toString);
        }
    }

    @Test
    void shouldGrowWhenAValueIsLongerThanAllBefore() throws IOException {
        byte[] large = new byte[5_000];
        Arrays.fill(large, (byte) 7);
        buffer.writeHeader(0x01020304);
        buffer.writeFixed(large);
        buffer.writeFixed(ByteBuffer.wrap(large, 1, 3_000));
        byte[] written = buffer.toByteArray();
        assertEquals(5 + 8_000, written.length);
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 7}, Arrays.copyOf(written, 6));
        assertEquals(7, written[written.length - 1]);
    }

    @Test
    void shouldLeaveABufferWhereItIsWhenItIsWritten() {
        ByteBuffer from = ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2);
        buffer.writeFixed(from);
        buffer.writeFixed(from);
        assertArrayEquals(new byte[] {2, 3, 2, 3}, buffer.toByteArray());
    }

    @Test
    void shouldForgetWhatWasWrittenBefore() throws IOException {
        buffer.writeString("before");
        buffer.clear();
        buffer.writeBoolean(true);
        assertArrayEquals(new byte[] {1}, buffer.toByteArray());
    }
}
