package io.credence.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** The Confluent wire format by hand: a zero byte, the schema id in four bytes, plain Avro binary. */
final class Wire {
    private Wire() {}

    static byte[] encode(int schemaId, GenericRecord value) {
        return encode(schemaId, value.getSchema(), value);
    }

    static byte[] encode(int schemaId, Schema schema, Object value) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static GenericRecord decode(byte[] bytes, ForeignRegistry registry) throws IOException, InterruptedException {
        if (bytes[0] != 0) {
            throw new IOException("magic byte is " + bytes[0]);
        }
        Schema schema = registry.byId(ByteBuffer.wrap(bytes, 1, 4).getInt());
        var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
        GenericRecord value = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes after the record");
        }
        return value;
    }
}
