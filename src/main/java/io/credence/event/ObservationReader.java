package io.credence.event;

import io.credence.feature.FeatureEncoder;
import io.credence.feature.LabelEncoder;
import io.credence.feature.Observation;
import io.credence.feature.Outcome;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Finds features, label, model key and event id in records of any schema. Compiled once a schema. One thread. */
public final class ObservationReader {
    /**
     * Which fields of the input have a meaning besides the features.
     *
     * @param label dotted path of the label
     * @param modelKey dotted path of the model key, or null for a single model
     * @param eventId dotted path of the event's identity, or null for topic-partition-offset
     */
    public record Fields(
            String label,
            @Nullable String modelKey,
            @Nullable String eventId) {}

    /** A reader for one topic. */
    public ObservationReader(Fields fields, FeatureEncoder features, LabelEncoder labels, LabelRule rule) {}

    /**
     * Reads one record.
     *
     * @param timestamp event time, milliseconds since the epoch
     * @param source where the record lies
     */
    public Outcome<Observation> read(GenericRecord record, long timestamp, RecordSource source) {
        throw new IllegalStateException("not yet");
    }
}
