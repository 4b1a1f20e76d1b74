package io.credence.bayes.feature;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as the learner and the scorer see it: who, when, features and, once known, the label.
 *
 * @param modelKey which model it belongs to; the empty string where there is a single model
 * @param eventId identity of the event in its source, for joins and audits; never used in arithmetic
 * @param timestamp event time, milliseconds since the epoch
 * @param features encoded features before standardisation
 * @param label target in original units (regression, count) or class index (binary 0/1, multiclass 0…K−1); NaN while
 *     unknown
 * @param prior what was predicted before the label came; null where nobody asked, or the label came with the event
 */
public record Observation(
        String modelKey,
        String eventId,
        long timestamp,
        FeatureVector features,
        double label,
        @Nullable Foretold prior) {
    /** An event of which nothing was predicted. */
    public Observation(String modelKey, String eventId, long timestamp, FeatureVector features, double label) {
        this(modelKey, eventId, timestamp, features, label, null);
    }

    /** A labelled event of a single model, without an identity, at a time. */
    public static Observation of(FeatureVector features, double label, Instant time) {
        return new Observation("", "", time.toEpochMilli(), features, label);
    }

    /** The same event with another label, by which what was predicted has not been measured. */
    public Observation withLabel(double other) {
        return new Observation(modelKey, eventId, timestamp, features, other);
    }

    /** Whether the label is known. */
    public boolean labelled() {
        return !Double.isNaN(label);
    }
}
