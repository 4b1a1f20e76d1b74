package io.credence.bayes.alert;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What may be unusual: the questions that are asked of an event, and of a stream that brings none. */
public enum Question {
    /** Whether the model has unusually much to learn about the event. */
    UNCERTAIN,
    /** Whether the label is far from what was predicted before it was known. */
    SURPRISING,
    /** Whether the features lie out of what was seen. */
    OUT_OF_RANGE,
    /** Whether events fail to come. */
    SILENCE,
    /** Whether labels have moved away from what is predicted, over many events. */
    SHIFTED,
    /** Whether a column, or the label, is stuck at one value. */
    STUCK;

    /** The same, for reading, in the order of the constants. */
    public static Set<Question> ordered(Set<Question> questions) {
        EnumSet<Question> ordered = EnumSet.noneOf(Question.class);
        ordered.addAll(questions);
        return Collections.unmodifiableSet(ordered);
    }
}
