package io.credence.stream.event;

import static io.credence.stream.wire.Fixtures.NO_HEADERS;
import static io.credence.stream.wire.Fixtures.accepted;
import static io.credence.stream.wire.Fixtures.mock;
import static io.credence.stream.wire.Fixtures.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Task;
import io.credence.bayes.predict.ClassPrediction;
import io.credence.bayes.predict.CountPrediction;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.BikeHour;
import io.credence.stream.avro.RegressionPrediction;
import io.credence.stream.wire.RandomRecords;
import io.credence.stream.wire.RecordDecoder;
import io.credence.stream.wire.RecordEncoder;
import io.credence.stream.wire.SchemaRegistry;
import io.credence.stream.wire.TaskSerdes;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class EnrichedWriterTest {
    private static final ModelInfo MODEL = new ModelInfo("north", new ModelVersion(2, 30), 960, false, 16);
    private static final RealPrediction REAL = new RealPrediction(5, 1, 3, 1, 9);
    private static final Schema V1 = new Schema.Parser().parse("""
            {"type":"record","name":"Trip","namespace":"acme","doc":"A trip.","aliases":["Ride"],"owner":"ops",
             "fields":[
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Begin.","pii":"no"},
              {"name":"who","type":"string","default":"nobody","aliases":["user"],"order":"descending"},
              {"name":"next","type":["null","Trip"],"default":null}]}""");
    private static final Schema V2 = new Schema.Parser().parse("""
            {"type":"record","name":"Trip","namespace":"acme","aliases":["Ride"],
             "fields":[
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"km","type":"double","default":0},
              {"name":"who","type":"string","default":"nobody"},
              {"name":"next","type":["null","Trip"],"default":null}]}""");

    private final EnrichedWriter writer = new EnrichedWriter(new LabelEncoder(Task.REGRESSION, List.of()));

    @Test
    void shouldScoreTheRecordWhenDefaultsOfItsSchemaDoNotFitTheirTypes() {
        Schema lax = new Schema.Parser(org.apache.avro.NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse("""
                {"type":"record","name":"Reading","namespace":"store.cold","fields":[
                 {"name":"note","type":"string","default":null},
                 {"name":"open","type":"boolean","default":"false"},
                 {"name":"load","type":"int","default":1.5}]}""");
        GenericRecord reading = new org.apache.avro.generic.GenericData.Record(lax);
        reading.put("note", "n");
        reading.put("open", true);
        reading.put("load", 3);

        GenericRecord scored = accepted(writer.enrich(reading, REAL, MODEL, false));

        assertEquals(3, scored.get("load"));
        assertEquals(5.0, ((GenericRecord) scored.get("prediction")).get("mean"));
    }

    @Test
    void shouldNameThePredictionAsConfiguredWhenTheInputHasOneAlready() {
        EnrichedWriter second = new EnrichedWriter(new LabelEncoder(Task.REGRESSION, List.of()), "price");
        GenericRecord once = accepted(writer.enrich(trip(V1), REAL, MODEL, true));
        Rejection refused = rejected(writer.enrich(once, REAL, MODEL, false));

        GenericRecord twice = accepted(second.enrich(once, REAL, MODEL, false));

        assertTrue(refused.detail().contains("credence.prediction.field"), refused.detail());
        assertEquals(5.0, ((GenericRecord) twice.get("price")).get("mean"));
        assertEquals(5.0, ((GenericRecord) twice.get("prediction")).get("mean"));
    }

    @Test
    void shouldKeepTheOriginalAndAddThePrediction() {
        GenericRecord scored = accepted(writer.enrich(trip(V1), REAL, MODEL, true));
        assertEquals(7L, scored.get("at"));
        assertEquals("ann", scored.get("who"));
        GenericRecord prediction = (GenericRecord) scored.get("prediction");
        assertEquals(5.0, prediction.get("mean"));
        assertEquals(4.0, prediction.get("variance"));
        assertEquals(1.0, prediction.get("epistemicVariance"));
        assertEquals(3.0, prediction.get("aleatoricVariance"));
        assertEquals(1.0, prediction.get("lower"));
        assertEquals(9.0, prediction.get("upper"));
        assertEquals(16, prediction.get("samples"));
        assertEquals("north", prediction.get("modelKey"));
        assertEquals(2L, prediction.get("modelEpoch"));
        assertEquals(30L, prediction.get("modelStep"));
        assertEquals(960L, prediction.get("eventsSeen"));
        assertEquals(false, prediction.get("warmingUp"));
        assertEquals(true, prediction.get("uncertain"));
    }

    @Test
    void shouldKeepEverythingThatTheInputSchemaSays() {
        Schema scored = accepted(writer.schema(V1));
        assertEquals("acme.TripScored", scored.getFullName());
        assertEquals("A trip.", scored.getDoc());
        assertEquals("ops", scored.getProp("owner"));
        assertTrue(scored.getAliases().contains("acme.RideScored"), scored::toString);
        assertEquals(V1.getFields(), scored.getFields().subList(0, 3));
        assertEquals(
                "timestamp-millis",
                scored.getField("at").schema().getLogicalType().getName());
        assertEquals("no", scored.getField("at").getProp("pii"));
        assertEquals(java.util.Set.of("user"), scored.getField("who").aliases());
        assertEquals(Schema.Field.Order.DESCENDING, scored.getField("who").order());
        assertFalse(scored.toString().contains("avro.java.string"), scored::toString);
    }

    @Test
    void shouldStayBackwardCompatibleWhenTheInputEvolvesCompatibly() {
        Schema before = accepted(writer.schema(V1));
        Schema after = accepted(writer.schema(V2));
        var result = SchemaCompatibility.checkReaderWriterCompatibility(after, before);
        assertEquals(SchemaCompatibilityType.COMPATIBLE, result.getType(), result::toString);
        assertSame(before, accepted(writer.schema(V1)));
    }

    @Test
    void shouldBeReadByAConsumerOfTheOriginalWhenOnTheWire() {
        Map<String, Object> settings = mock("enriched");
        TaskSerdes serdes = TaskSerdes.of(settings);
        byte[] bytes = accepted(
                serdes.encoder().encode("scored", NO_HEADERS, accepted(writer.enrich(trip(V1), REAL, MODEL, false))));
        GenericRecord read = accepted(serdes.decoder().decode("scored", NO_HEADERS, bytes));
        assertEquals("ann", read.get("who").toString());
        assertEquals("ben", ((GenericRecord) read.get("next")).get("who").toString());
        assertEquals(5.0, ((GenericRecord) read.get("prediction")).get("mean"));
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            assertTrue(registry.latest("scored-value") > 0);
        }
    }

    @Test
    void shouldSurviveRandomSchemas() {
        TaskSerdes serdes = TaskSerdes.of(mock("enriched-random"));
        RecordEncoder encoder = serdes.encoder();
        RecordDecoder decoder = serdes.decoder();
        for (int seed = 0; seed < 100; seed++) {
            RandomRecords random = new RandomRecords(seed);
            GenericRecord original = random.value(random.schema());
            GenericRecord scored = accepted(writer.enrich(original, REAL, MODEL, false));
            byte[] bytes = accepted(encoder.encode("t" + seed, NO_HEADERS, scored));
            assertEquals(scored, accepted(decoder.decode("t" + seed, NO_HEADERS, bytes)));
        }
    }

    @Test
    void shouldRejectWhenTheFieldIsTakenAndFollowWhenItIsNamedOtherwise() {
        Schema taken = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"prediction\",\"type\":\"int\"}]}");
        GenericRecord record =
                new GenericRecordBuilder(taken).set("prediction", 1).build();
        Rejection fault = rejected(writer.enrich(record, REAL, MODEL, false));
        assertEquals(Reason.NOT_ENCODABLE, fault.reason());
        assertTrue(fault.detail().contains("'prediction'"), fault.detail());
        var other = new EnrichedWriter(new LabelEncoder(Task.COUNT, List.of()), "belief");
        GenericRecord scored = accepted(other.enrich(record, new CountPrediction(2, 1, 2, 0, 5), MODEL, false));
        assertEquals(1, scored.get("prediction"));
        assertEquals(2.0, ((GenericRecord) scored.get("belief")).get("mean"));
    }

    @Test
    void shouldRejectWhenTheInputHasAnotherTypeOfThePredictionsName() {
        Schema other = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"p\",\"type\":{\"type\":\"record\","
                        + "\"name\":\"" + RegressionPrediction.class.getName() + "\",\"fields\":[]}}]}");
        assertEquals(Reason.NOT_ENCODABLE, rejected(writer.schema(other)).reason());
    }

    @Test
    void shouldNameTheClassWhenTheTaskHasClasses() {
        var classes = new EnrichedWriter(new LabelEncoder(Task.MULTICLASS, List.of("a", "b", "c")));
        var sets = List.of(new ClassPrediction.Set(0.5, List.of(1)), new ClassPrediction.Set(0.9, List.of(1, 0)));
        var prediction = new ClassPrediction(new double[] {0.2, 0.7, 0.1}, 1, 0.01, 0.4, 0.8, 0.05, sets, Flags.NONE);
        GenericRecord read = (GenericRecord)
                accepted(classes.enrich(trip(V1), prediction, MODEL, false)).get("prediction");
        assertEquals("b", read.get("predictedClass"));
        assertEquals(1, read.get("predictedIndex"));
        assertEquals(List.of(0.2, 0.7, 0.1), read.get("probabilities"));
        assertEquals(0.8, read.get("entropy"));
        assertEquals(0.05, read.get("mutualInformation"));
        assertEquals(0.41, (double) read.get("variance"), 1e-12);
        List<?> told = (List<?>) read.get("sets");
        assertEquals(2, told.size());
        assertEquals(0.9, ((GenericRecord) told.get(1)).get("level"));
        assertEquals(List.of("b", "a"), ((GenericRecord) told.get(1)).get("classes"));
    }

    @Test
    void shouldTakeGeneratedRecordsAsInput() {
        Schema scored = accepted(writer.schema(BikeHour.getClassSchema()));
        assertEquals("io.credence.stream.avro.BikeHourScored", scored.getFullName());
        assertNull(scored.getField("cnt").aliases().stream().findAny().orElse(null));
    }

    private static GenericRecord trip(Schema schema) {
        GenericRecord next =
                new GenericRecordBuilder(schema).set("at", 8L).set("who", "ben").build();
        return new GenericRecordBuilder(schema)
                .set("at", 7L)
                .set("who", "ann")
                .set("next", next)
                .build();
    }
}
