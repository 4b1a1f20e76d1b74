package io.credence.stream.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.FeatureEncoder;
import io.credence.bayes.feature.FeatureSpec;
import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Task;
import io.credence.bayes.feature.UnseenCategory;
import io.credence.stream.wire.Origin;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One event as a record and as JSON: what is wrong with it has one name, whichever way it comes. */
final class BothWaysTest {
    private static final FeatureEncoder FEATURES =
            new FeatureEncoder(FeatureSpec.parseList("x,sky:onehot(clear,rain),ok?:boolean"), UnseenCategory.REJECT);
    private static final Schema SCHEMA = SchemaBuilder.record("Event")
            .fields()
            .optionalDouble("x")
            .optionalString("sky")
            .optionalString("ok")
            .endRecord();
    private static final Schema LISTS = SchemaBuilder.record("Lists")
            .fields()
            .name("x")
            .type()
            .array()
            .items()
            .doubleType()
            .noDefault()
            .requiredString("sky")
            .endRecord();

    @ParameterizedTest
    @CsvSource({
        "1, clear, true, used",
        "1, clear, , used",
        ", clear, true, MISSING_FEATURE",
        "1, , true, MISSING_FEATURE",
        "1, snow, true, UNSEEN_CATEGORY",
        "1, clear, perhaps, BAD_FEATURE",
        "1e99, rain, true, NON_FINITE_FEATURE"
    })
    void shouldHaveOneReasonWhicheverWayAnEventComes(Double x, String sky, String ok, String reason) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("x", x);
        record.put("sky", sky);
        record.put("ok", ok);
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("x", x)
                .put("sky", sky)
                .put("ok", ok);

        assertEquals(reason, ofRecord(record));
        assertEquals(reason, ofJson(json));
    }

    @Test
    void shouldHaveOneReasonWhenAFeatureIsAList() {
        GenericRecord record = new GenericData.Record(LISTS);
        record.put("x", List.of(1.0));
        record.put("sky", "clear");
        ObjectNode json = new ObjectMapper().createObjectNode().put("sky", "clear");
        json.putArray("x").add(1.0);

        assertEquals("BAD_FEATURE", ofRecord(record));
        assertEquals("BAD_FEATURE", ofJson(json));
    }

    private static String ofRecord(GenericRecord record) {
        ObservationReader reader = new ObservationReader(
                new ObservationReader.Fields("y", null, null),
                FEATURES,
                new LabelEncoder(Task.REGRESSION, List.of()),
                LabelRule.IGNORED);
        return reader.read(record, 0, new Origin("events", 0, 0))
                .<String>fold(event -> "used", bad -> bad.reason().name());
    }

    private static String ofJson(ObjectNode json) {
        return new JsonEvents(FEATURES).read(json).<String>fold(x -> "used", bad -> bad.reason()
                .name());
    }
}
