package io.credence.bayes.feature;

/** What happens to a category that a one-hot feature does not list. */
public enum UnseenCategory {
    /** All its columns are zero: the event is used. */
    ZERO,
    /** The event becomes a dead letter. */
    REJECT
}
