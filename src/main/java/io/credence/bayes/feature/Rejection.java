package io.credence.bayes.feature;

/**
 * Why a record could not be used: an error as a value, on its way to the dead letters.
 *
 * @param reason the class of fault, stable across releases
 * @param detail one sentence that names the field, the value and what was expected
 */
public record Rejection(Reason reason, String detail) {
    /** The classes of fault; their names are part of the dead-letter contract. */
    public enum Reason {
        /** The record has no value. */
        NULL_VALUE,
        /** The value has no bytes. */
        EMPTY_VALUE,
        /** The value does not begin with the wire format's magic byte. */
        BAD_MAGIC,
        /** The registry knows no schema of that id. */
        UNKNOWN_SCHEMA,
        /** The bytes are none of that schema. */
        UNDECODABLE,
        /** The schema is no record. */
        NOT_A_RECORD,
        /** A labels-only topic brought no label. */
        MISSING_LABEL,
        /** The label is none that the task can have. */
        BAD_LABEL,
        /** A feature that is not nullable is null or not in the schema. */
        MISSING_FEATURE,
        /** A feature is of a type or form that its kind cannot take. */
        BAD_FEATURE,
        /** A feature is infinite, NaN or beyond float. */
        NON_FINITE_FEATURE,
        /** A category is not listed, and the policy is to reject. */
        UNSEEN_CATEGORY,
        /** The field that names the model is null or missing. */
        NULL_MODEL_KEY,
        /** The field that names the series is null or missing. */
        NULL_SERIES_KEY,
        /** A logged example was made for other features. */
        SHAPE_MISMATCH,
        /** The scored record cannot be written in a schema the registry accepts. */
        NOT_ENCODABLE,
        /** A command of the training log is damaged, incomplete, or of a state that does not fit the model. */
        BAD_COMMAND,
        /** What is said of an alert names none, was said before, or is of a kind that it cannot move. */
        BAD_FEEDBACK,
        /** The newest model was published too long ago, and the policy is not to score with it. */
        MODEL_TOO_OLD,
        /** The model was still warming up when the event's wait was over, and the policy is not to score with it. */
        MODEL_WARMING_UP,
        /** A label that comes later does not say of which event it is. */
        MISSING_EVENT_ID,
        /** No event came that a label is of, until its wait was over. */
        UNMATCHED_LABEL,
        /** A further label of an event that was learned, and the policy is to refuse it. */
        SECOND_LABEL
    }
}
