package io.credence.stream.event;

import io.credence.bayes.feature.LabelEncoder;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.Prediction;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Makes the scored record: the original one and its prediction, in a schema derived from the original's. One thread. */
public final class EnrichedWriter {
    /** Name of the added field unless another is configured. */
    public static final String PREDICTION = "prediction";

    /** Reached only if schemas were made anew for every record; then it is better to derive them again. */
    private static final int MAX_SCHEMAS = 1_000;

    private final LabelEncoder labels;
    private final String field;
    private final Map<Schema, Outcome<Schema>> derived = new IdentityHashMap<>();

    /** A writer for one task. */
    public EnrichedWriter(LabelEncoder labels) {
        this(labels, PREDICTION);
    }

    /**
     * A writer for one task.
     *
     * @param field name of the added field
     */
    public EnrichedWriter(LabelEncoder labels, String field) {
        this.labels = labels;
        this.field = field;
    }

    /** The original record with its prediction; {@code NOT_ENCODABLE} if the original's schema leaves no room for it. */
    public Outcome<GenericRecord> enrich(
            GenericRecord original, Prediction prediction, ModelInfo model, boolean uncertain) {
        return enrich(original, prediction, model, uncertain, false);
    }

    /**
     * The same with a word on the model's age.
     *
     * @param tooOld whether the model was published too long ago
     */
    public Outcome<GenericRecord> enrich(
            GenericRecord original, Prediction prediction, ModelInfo model, boolean uncertain, boolean tooOld) {
        return schema(original.getSchema()).map(schema -> {
            GenericData.Record scored = new GenericData.Record(schema);
            int last = schema.getFields().size() - 1;
            for (int i = 0; i < last; i++) {
                scored.put(i, original.get(i));
            }
            scored.put(last, Predictions.record(labels, prediction, model, uncertain, tooOld));
            return scored;
        });
    }

    /** The schema of the scored records of an input schema. */
    public Outcome<Schema> schema(Schema input) {
        Outcome<Schema> known = derived.get(input);
        if (known == null) {
            if (derived.size() >= MAX_SCHEMAS) {
                derived.clear();
            }
            known = EnrichedSchema.of(input, field, Predictions.schema(labels.task()));
            derived.put(input, known);
        }
        return known;
    }
}
