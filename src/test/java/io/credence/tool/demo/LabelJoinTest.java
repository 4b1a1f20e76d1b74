package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

final class LabelJoinTest {
    private static final Schema PREDICTION = SchemaBuilder.record("P")
            .fields()
            .requiredDouble("mean")
            .requiredDouble("lower")
            .requiredDouble("upper")
            .requiredBoolean("uncertain")
            .endRecord();
    private static final Schema SCORED = SchemaBuilder.record("S")
            .fields()
            .requiredString("id")
            .name("prediction")
            .type(PREDICTION)
            .noDefault()
            .endRecord();

    private final LabelJoin scores = new LabelJoin(List.of("a", "b", "c", "d"), new double[] {100, 100, 10, 20});

    @Test
    void shouldMeasureTheLastHalfOnlyWhenAllIsScored() {
        scores.add(scored("a", 0, -1, 1));
        scores.add(scored("b", 0, -1, 1));
        scores.add(scored("d", 24, 19, 29));
        scores.add(scored("c", 13, 12, 14));
        assertEquals(Math.sqrt((16 + 9) / 2.0), scores.rmse(), 1e-12);
        assertEquals(0.5, scores.coverage());
        assertEquals(4, scores.records());
        assertEquals(0, scores.surplus());
    }

    @Test
    void shouldCountWhatIsScoredTwiceOrNeverAskedFor() {
        scores.add(scored("c", 10, 9, 11));
        scores.add(scored("c", 90, 89, 91));
        scores.add(scored("z", 10, 9, 11));
        assertEquals(3, scores.records());
        assertEquals(2, scores.surplus());
        assertEquals(0, scores.rmse(), "the first prediction counts");
    }

    @Test
    void shouldHaveNoMeasureWhenTheLastHalfHasNotBegun() {
        scores.add(scored("a", 0, -1, 1));
        assertTrue(Double.isNaN(scores.rmse()));
        assertEquals("a", scores.latest().get(0).id());
    }

    static GenericRecord scored(String id, double mean, double lower, double upper) {
        GenericRecord prediction = new GenericData.Record(PREDICTION);
        prediction.put("mean", mean);
        prediction.put("lower", lower);
        prediction.put("upper", upper);
        prediction.put("uncertain", false);
        GenericRecord scored = new GenericData.Record(SCORED);
        scored.put("id", id);
        scored.put("prediction", prediction);
        return scored;
    }
}
