package io.credence.bayes.alert;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What may be unusual: the questions that are asked of an event, and of a stream that brings none. */
public enum Question {
    /** Whether the model has unusually much to learn about the event. */
    UNCERTAIN,
    /** Whether the label is one that the prediction made before it held for unlikely. */
    SURPRISING,
    /** Whether the features lie out of what was seen. */
    OUT_OF_RANGE,
    /** Whether events fail to come. */
    SILENCE;

    /** The same, for reading, in the order of the constants. */
    static Set<Question> ordered(Set<Question> questions) {
        EnumSet<Question> ordered = EnumSet.noneOf(Question.class);
        ordered.addAll(questions);
        return Collections.unmodifiableSet(ordered);
    }
}
