package io.credence.event;

import io.credence.feature.LabelEncoder;
import io.credence.feature.Outcome;
import io.credence.predict.ModelInfo;
import io.credence.predict.Prediction;
import org.apache.avro.generic.GenericRecord;

/** Makes the scored record: the original one and its prediction, in a schema derived from the original's. One thread. */
public final class EnrichedWriter {
    /** Name of the added field unless another is configured. */
    public static final String PREDICTION = "prediction";

    /** A writer for one task. */
    public EnrichedWriter(LabelEncoder labels) {
        this(labels, PREDICTION);
    }

    /**
     * A writer for one task.
     *
     * @param field name of the added field
     */
    public EnrichedWriter(LabelEncoder labels, String field) {}

    /** The original record with its prediction; {@code NOT_ENCODABLE} if the original's schema leaves no room for it. */
    public Outcome<GenericRecord> enrich(
            GenericRecord original, Prediction prediction, ModelInfo model, boolean uncertain) {
        throw new IllegalStateException("not yet");
    }
}
