package io.credence.bayes.feature;

/** What the label is. */
public enum Task {
    /** A real number. */
    REGRESSION,
    /** One of two classes. */
    BINARY,
    /** One of K classes. */
    MULTICLASS,
    /** A non-negative whole number. */
    COUNT
}
