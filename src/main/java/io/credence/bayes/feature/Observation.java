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
 * @param replaced what this event had as label when it was learned, of a correction; else null
 */
public record Observation(
        String modelKey,
        String eventId,
        long timestamp,
        FeatureVector features,
        double label,
        @Nullable Foretold prior,
        @Nullable Replaced replaced) {
    /**
     * What a correction takes the place of.
     *
     * @param label that counted before
     * @param prior how good what was predicted was by that label; null where nobody asked
     */
    public record Replaced(double label, @Nullable Foretold prior) {}

    /** An event that corrects none. */
    public Observation(
            String modelKey,
            String eventId,
            long timestamp,
            FeatureVector features,
            double label,
            @Nullable Foretold prior) {
        this(modelKey, eventId, timestamp, features, label, prior, null);
    }

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

    /** This event as a correction of what was learned of it. */
    public Observation correcting(Observation before) {
        Replaced those = new Replaced(before.label, before.prior);
        return new Observation(modelKey, eventId, timestamp, features, label, prior, those);
    }

    /** Whether an event is the same one, perhaps with another label. */
    public boolean isOf(Observation other) {
        return timestamp == other.timestamp && eventId.equals(other.eventId);
    }

    /** Whether the label is known. */
    public boolean labelled() {
        return !Double.isNaN(label);
    }
}
