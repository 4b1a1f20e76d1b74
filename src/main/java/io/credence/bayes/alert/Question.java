package io.credence.bayes.alert;

/** What may be unusual: the questions that are asked of an event, and of a stream that brings none. */
public enum Question {
    /** Whether the model has unusually much to learn about the event. */
    UNCERTAIN,
    /** Whether the label is one that the prediction made before it held for unlikely. */
    SURPRISING,
    /** Whether the features lie out of what was seen. */
    OUT_OF_RANGE,
    /** Whether events fail to come. */
    SILENCE
}
