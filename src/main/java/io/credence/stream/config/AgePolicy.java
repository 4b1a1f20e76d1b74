package io.credence.stream.config;

/** What becomes of an event whose model is too old. */
public enum AgePolicy {
    /** It is scored, and its prediction says that the model was too old. */
    FLAG,
    /** It is a dead letter. */
    REFUSE
}
