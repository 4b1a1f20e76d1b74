package io.credence.stream.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.CommandType;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.Notices;
import io.credence.stream.event.TrainingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {
    private static final Schema NODE = new Schema.Parser().parse("""
            {"type":"record","name":"Node","namespace":"acme","fields":[
              {"name":"size","type":"float"},
              {"name":"what","type":["int","string","null",{"type":"array","items":"float"}]},
              {"name":"next","type":["Node","null"]}]}""");

    @Test
    void shouldWriteWhatAvroWritesWhenSchemasAndValuesAreRandom() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            RandomRecords random = new RandomRecords(seed);
            GenericRecord value = random.value(random.schema());
            assertArrayEquals(
                    avro(new GenericDatumWriter<>(value.getSchema()), value),
                    ours(value.getSchema(), value),
                    value.getSchema()::toString);
        }
    }

    @Test
    void shouldWriteWhatAvroWritesWhenARecordHoldsItsLike() throws IOException {
        GenericRecord chain = node(1.5f, null, node(2.5f, List.of(1f, 2f), node(-0f, "three", node(4, 4, null))));
        assertArrayEquals(avro(new GenericDatumWriter<>(NODE), chain), ours(NODE, chain));
    }

    @Test
    void shouldWriteWhatAvroWritesWhenTheClassesAreOurs() throws IOException {
        float[] x = {1, Float.NaN, -3};
        var event = new Observation("north", "e", 7, new FeatureVector(x), 2.5);
        Origin source = new Origin("t", 3, 42);
        var prediction = new RealPrediction(5, 1, 3, 1, 9);
        var model = new ModelInfo("north", new ModelVersion(1, 2), 3, false, 32);
        List<SpecificRecordBase> records = List.of(
                TrainingLog.example(event, source),
                new TrainingRecord(new Command(
                        CommandType.ROLLBACK,
                        "",
                        "c",
                        Instant.ofEpochMilli(8),
                        1L,
                        null,
                        0,
                        1,
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        null,
                        1,
                        null)),
                Notices.scored(event, source, prediction, model, true, null));
        for (SpecificRecordBase record : records) {
            Schema schema = record.getSchema();
            SpecificData data = SpecificData.getForClass(record.getClass());
            WireBuffer buffer = new WireBuffer();
            SchemaWriter.of(schema, data).write(record, buffer);
            assertArrayEquals(
                    avro(new SpecificDatumWriter<>(schema, data), record), buffer.toByteArray(), record::toString);
        }
    }

    @Test
    void shouldNameThePathWhenAValueDoesNotFit() {
        RuntimeException wrong = fault(node(1, null, node(2, 2, null)), "size", "a lot");
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("Node.next: Node.size: "), wrong.getMessage());
        assertTrue(String.valueOf(wrong.getMessage()).contains("String"), wrong.getMessage());
        RuntimeException missing = fault(node(1, null, node(2, 2, null)), "size", null);
        assertTrue(String.valueOf(missing.getMessage()).startsWith("Node.next: Node.size: "), missing.getMessage());
        RuntimeException branch = fault(node(1, null, node(2, 2, null)), "what", 5.0);
        assertTrue(String.valueOf(branch.getMessage()).startsWith("Node.next: Node.what: "), branch.getMessage());
    }

    @Test
    void shouldRefuseAValueWhereThereCanOnlyBeNull() {
        Schema nothing = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"a\",\"type\":\"null\"}]}");
        GenericData.Record record = new GenericData.Record(nothing);
        assertEquals(0, ours(nothing, record).length);
        record.put("a", 1);
        assertThrows(AvroRuntimeException.class, () -> ours(nothing, record));
    }

    private static RuntimeException fault(GenericRecord outer, String field, Object value) {
        ((GenericRecord) outer.get("next")).put(field, value);
        return assertThrows(AvroRuntimeException.class, () -> ours(NODE, outer));
    }

    private static GenericRecord node(float size, Object what, GenericRecord next) {
        return new GenericRecordBuilder(NODE)
                .set("size", size)
                .set("what", what)
                .set("next", next)
                .build();
    }

    private static byte[] ours(Schema schema, GenericRecord value) {
        WireBuffer buffer = new WireBuffer();
        try {
            SchemaWriter.of(schema, new GenericData()).write(value, buffer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return buffer.toByteArray();
    }

    private static <T> byte[] avro(DatumWriter<T> writer, T value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writer.write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
