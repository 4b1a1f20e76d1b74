package io.credence.tool.feed;

import io.credence.stream.config.TopicSection;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A topic of a service that people look at. */
public enum OutputTopic {
    SCORED,
    ALERTS,
    CHANGES,
    DEAD_LETTERS,
    METRICS;

    /** Its name on the broker. */
    public String name(TopicSection topics) {
        return switch (this) {
            case SCORED -> topics.scored();
            case ALERTS -> topics.alerts();
            case CHANGES -> topics.changes();
            case DEAD_LETTERS -> topics.deadLetters();
            case METRICS -> topics.metrics();
        };
    }

    /**
     * The one that people call so.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public static OutputTopic of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.toString().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no topic to watch, allowed are "
                        + Arrays.stream(values()).map(OutputTopic::toString).collect(Collectors.joining(", "))));
    }

    /** As people write it: {@code dead-letters}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
