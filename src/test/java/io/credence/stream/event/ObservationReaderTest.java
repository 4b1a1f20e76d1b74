package io.credence.stream.event;

import static io.credence.stream.wire.Fixtures.accepted;
import static io.credence.stream.wire.Fixtures.rejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Rejection;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.stream.event.ObservationReader.Fields;
import io.credence.stream.wire.Origin;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationReaderTest {
    private static final Origin SOURCE = new Origin("trips", 3, 42);
    private static final LabelEncoder NUMBER = new LabelEncoder(Task.REGRESSION, List.of());
    private static final Schema PLACE = SchemaBuilder.record("Place")
            .namespace("acme")
            .fields()
            .requiredDouble("height")
            .optionalString("city")
            .endRecord();
    private static final Schema TRIP = SchemaBuilder.record("Trip")
            .namespace("acme")
            .fields()
            .requiredInt("hops")
            .optionalDouble("wind")
            .requiredBoolean("paid")
            .name("kind")
            .type()
            .enumeration("Kind")
            .symbols("BIKE", "TRAM")
            .noDefault()
            .name("place")
            .type()
            .optional()
            .type(PLACE)
            .optionalString("region")
            .optionalString("id")
            .name("tags")
            .type()
            .array()
            .items()
            .stringType()
            .arrayDefault(List.of())
            .optionalDouble("cost")
            .endRecord();

    @Test
    void shouldReadNestedAndScalarFields() {
        var reader = reader(
                "hops, wind?, paid:boolean, kind:onehot(BIKE,TRAM), place.height, place.city:onehot(Bonn)",
                LabelRule.OPTIONAL);
        Observation seen = accepted(reader.read(trip().build(), 123, SOURCE));
        assertEquals("north", seen.modelKey());
        assertEquals("e1", seen.eventId());
        assertEquals(123, seen.timestamp());
        assertEquals(9.5, seen.label());
        assertArrayEquals(
                new double[] {4, Double.NaN, 1, 1, 1, 0, 7.5, 1},
                seen.features().values());
    }

    @Test
    void shouldNameTheRecordWhenItHasNoIdentityOfItsOwn() {
        var reader = reader("hops", LabelRule.OPTIONAL);
        assertEquals(
                "trips-3-42",
                accepted(reader.read(trip().set("id", null).build(), 1, SOURCE)).eventId());
        var unset = new ObservationReader(new Fields("cost", null, null), encoder("hops"), NUMBER, LabelRule.OPTIONAL);
        Observation seen = accepted(unset.read(trip().build(), 1, SOURCE));
        assertEquals("trips-3-42", seen.eventId());
        assertEquals("", seen.modelKey());
    }

    @Test
    void shouldFollowTheRuleWhenTheLabelIsNull() {
        GenericRecord open = trip().set("cost", null).build();
        assertFalse(accepted(reader("hops", LabelRule.OPTIONAL).read(open, 1, SOURCE))
                .labelled());
        assertEquals(
                Reason.MISSING_LABEL,
                rejected(reader("hops", LabelRule.REQUIRED).read(open, 1, SOURCE))
                        .reason());
        assertFalse(accepted(reader("hops", LabelRule.IGNORED).read(trip().build(), 1, SOURCE))
                .labelled());
    }

    @Test
    void shouldFollowTheRuleWhenTheSchemaHasNoLabel() {
        GenericRecord height =
                new GenericRecordBuilder(PLACE).set("height", 2.0).build();
        var fields = new Fields("cost", null, null);
        var optional = new ObservationReader(fields, encoder("height"), NUMBER, LabelRule.OPTIONAL);
        assertFalse(accepted(optional.read(height, 1, SOURCE)).labelled());
        var required = new ObservationReader(fields, encoder("height"), NUMBER, LabelRule.REQUIRED);
        Rejection fault = rejected(required.read(height, 1, SOURCE));
        assertEquals(Reason.MISSING_LABEL, fault.reason());
        assertTrue(fault.detail().contains("'cost'") && fault.detail().contains("acme.Place"), fault.detail());
    }

    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"REGRESSION", "COUNT"})
    void shouldRejectTheLabelWhenItIsNotFinite(Task task) {
        var reader = new ObservationReader(
                new Fields("cost", null, null), encoder("hops"), new LabelEncoder(task, List.of()), LabelRule.OPTIONAL);
        var bounded = new ObservationReader(
                new Fields("cost", null, null),
                encoder("hops"),
                new LabelEncoder(Task.REGRESSION, List.of(), 0, 9),
                LabelRule.OPTIONAL);
        Rejection outside = rejected(bounded.read(trip().build(), 1, SOURCE));
        assertEquals(Reason.BAD_LABEL, outside.reason());
        assertEquals("label is 9.5 (Double), expected a number from 0 to 9", outside.detail());
        for (double label : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    Reason.BAD_LABEL,
                    rejected(reader.read(trip().set("cost", label).build(), 1, SOURCE))
                            .reason());
        }
    }

    @Test
    void shouldNameFieldAndTypeWhenALabelOrFeatureIsNoScalar() {
        var label = new ObservationReader(new Fields("tags", null, null), encoder("hops"), NUMBER, LabelRule.OPTIONAL);
        Rejection fault = rejected(label.read(trip().build(), 1, SOURCE));
        assertEquals(Reason.BAD_LABEL, fault.reason());
        assertTrue(fault.detail().contains("'tags'") && fault.detail().contains("array"), fault.detail());
        Rejection feature = rejected(reader("tags:hash(4)", LabelRule.OPTIONAL).read(trip().build(), 1, SOURCE));
        assertEquals(Reason.BAD_FEATURE, feature.reason());
        assertTrue(feature.detail().contains("'tags'"), feature.detail());
    }

    @Test
    void shouldNameFieldAndSchemaWhenAFeatureIsNotInTheSchema() {
        Rejection fault = rejected(reader("place.depth", LabelRule.OPTIONAL).read(trip().build(), 1, SOURCE));
        assertEquals(Reason.MISSING_FEATURE, fault.reason());
        assertTrue(fault.detail().contains("'place.depth'"), fault.detail());
        assertTrue(fault.detail().contains("acme.Trip"), fault.detail());
    }

    @Test
    void shouldImputeWhenANullableFeatureIsNotInTheSchema() {
        Observation seen = accepted(reader("hops, later?", LabelRule.OPTIONAL).read(trip().build(), 1, SOURCE));
        assertArrayEquals(new double[] {4, Double.NaN, 1}, seen.features().values());
    }

    @Test
    void shouldRejectWhenAFeatureIsNullOrNotFinite() {
        var wind = reader("wind", LabelRule.OPTIONAL);
        assertEquals(
                Reason.MISSING_FEATURE,
                rejected(wind.read(trip().build(), 1, SOURCE)).reason());
        assertEquals(
                Reason.NON_FINITE_FEATURE,
                rejected(wind.read(trip().set("wind", Double.NEGATIVE_INFINITY).build(), 1, SOURCE))
                        .reason());
        assertEquals(
                Reason.MISSING_FEATURE,
                rejected(reader("place.height", LabelRule.OPTIONAL)
                                .read(trip().set("place", null).build(), 1, SOURCE))
                        .reason());
    }

    @Test
    void shouldRejectWhenTheModelKeyIsNullOrNotInTheSchema() {
        var reader = reader("hops", LabelRule.OPTIONAL);
        assertEquals(
                Reason.NULL_MODEL_KEY,
                rejected(reader.read(trip().set("region", null).build(), 1, SOURCE))
                        .reason());
        var absent =
                new ObservationReader(new Fields("cost", "zone", null), encoder("hops"), NUMBER, LabelRule.OPTIONAL);
        Rejection fault = rejected(absent.read(trip().build(), 1, SOURCE));
        assertEquals(Reason.NULL_MODEL_KEY, fault.reason());
        assertTrue(fault.detail().contains("'zone'"), fault.detail());
    }

    @Test
    void shouldFollowWhenTheSchemaEvolvesMidStream() {
        Schema later = SchemaBuilder.record("Trip")
                .namespace("acme")
                .fields()
                .requiredString("note")
                .name("jumps")
                .aliases("hops")
                .type()
                .longType()
                .noDefault()
                .requiredString("region")
                .optionalDouble("cost")
                .endRecord();
        var reader = reader("hops", LabelRule.OPTIONAL);
        GenericRecord moved = new GenericRecordBuilder(later)
                .set("note", "x")
                .set("jumps", 5L)
                .set("region", "south")
                .build();
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(
                    new double[] {4},
                    accepted(reader.read(trip().build(), 1, SOURCE)).features().values());
            assertArrayEquals(
                    new double[] {5},
                    accepted(reader.read(moved, 1, SOURCE)).features().values());
        }
    }

    private static GenericRecordBuilder trip() {
        GenericRecord place = new GenericData.Record(PLACE);
        place.put("height", 7.5);
        place.put("city", new Utf8("Bonn"));
        return new GenericRecordBuilder(TRIP)
                .set("hops", 4)
                .set("paid", true)
                .set("kind", new GenericData.EnumSymbol(TRIP.getField("kind").schema(), "BIKE"))
                .set("place", place)
                .set("region", new Utf8("north"))
                .set("id", "e1")
                .set("cost", 9.5);
    }

    private static ObservationReader reader(String features, LabelRule rule) {
        return new ObservationReader(new Fields("cost", "region", "id"), encoder(features), NUMBER, rule);
    }

    private static FeatureEncoder encoder(String features) {
        return new FeatureEncoder(FeatureSpec.parseList(features), UnseenCategory.REJECT);
    }
}
