package io.credence.feature;

/**
 * Why a record could not be used: an error as a value, on its way to the dead letters.
 *
 * @param reason the class of fault, stable across releases
 * @param detail one sentence that names the field, the value and what was expected
 */
public record Rejection(Reason reason, String detail) {
    /** The classes of fault; their names are part of the dead-letter contract. */
    public enum Reason {
        NULL_VALUE,
        EMPTY_VALUE,
        BAD_MAGIC,
        UNKNOWN_SCHEMA,
        UNDECODABLE,
        NOT_A_RECORD,
        MISSING_LABEL,
        BAD_LABEL,
        MISSING_FEATURE,
        BAD_FEATURE,
        NON_FINITE_FEATURE,
        UNSEEN_CATEGORY,
        NULL_MODEL_KEY,
        SHAPE_MISMATCH,
        NOT_ENCODABLE,
        BAD_COMMAND,
        MODEL_TOO_OLD
    }
}
