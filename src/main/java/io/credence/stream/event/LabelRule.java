package io.credence.stream.event;

/** What a topic promises about labels. */
public enum LabelRule {
    /** A record with a label trains, one without is scored: the topic carries both kinds. */
    OPTIONAL,
    /** Every record must have a label: one without becomes a dead letter. */
    REQUIRED,
    /** Labels are not read: every record is scored. */
    IGNORED
}
