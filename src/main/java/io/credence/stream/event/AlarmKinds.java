package io.credence.stream.event;

import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Tolerance;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.stream.config.AlertSection;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of alarms whose thresholds feedback moves, and what people call them. */
public final class AlarmKinds {
    private static final String NAMES = Stream.of(Question.values())
            .filter(AlarmKinds::isMoved)
            .map(AlarmKinds::name)
            .collect(Collectors.joining(", "));

    private AlarmKinds() {}

    /** As alerts call it, in small letters. */
    private static String name(Question kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Uncertain events are flagged, and raise by a configured limit alone: no threshold of alarms is behind them. */
    private static boolean isMoved(Question kind) {
        return kind != Question.UNCERTAIN && Tolerance.isMoved(kind);
    }

    /** The kinds of those names; rejected with the sentence that says what there is. */
    public static Outcome<Set<Question>> named(Collection<String> names) {
        Set<Question> found = EnumSet.noneOf(Question.class);
        for (String name : names) {
            if (Question.UNCERTAIN.name().equalsIgnoreCase(name)) {
                return Outcome.reject(
                        Reason.BAD_FEEDBACK,
                        "'" + name + "' raises no alert by what is learned, so that feedback cannot make it rarer: set "
                                + AlertSection.SHARE + " for how many events are flagged, or " + AlertSection.STD
                                + ", the limit of the deviation above which one raises; kinds that feedback moves are "
                                + NAMES);
            }
            Optional<Question> kind = Stream.of(Question.values())
                    .filter(known -> known.name().equalsIgnoreCase(name) && isMoved(known))
                    .findFirst();
            if (kind.isEmpty()) {
                return Outcome.reject(Reason.BAD_FEEDBACK, "'" + name + "' is no kind of alarm, one of " + NAMES);
            }
            found.add(kind.get());
        }
        return Outcome.of(Collections.unmodifiableSet(found));
    }

    /** The kinds of an alert that did not come: it has none by itself. */
    public static Outcome<Set<Question>> missed(Collection<String> names) {
        return names.isEmpty()
                ? Outcome.reject(
                        Reason.BAD_FEEDBACK,
                        "an alert that did not come has no kind by itself: name it, one of " + NAMES)
                : named(names);
    }

    /**
     * The kinds of a false alarm.
     *
     * @param episode what it was called, for a message
     * @param raised what was unusual about its events
     * @param meant of these; empty for all that feedback moves
     */
    public static Outcome<Set<Question>> falseAlarm(String episode, Set<Question> raised, Set<Question> meant) {
        for (Question kind : meant) {
            if (!raised.contains(kind)) {
                return Outcome.reject(
                        Reason.BAD_FEEDBACK,
                        "episode '" + episode + "' is of " + raised + ": '" + name(kind) + "' is not among them");
            }
        }
        Set<Question> kinds = EnumSet.noneOf(Question.class);
        (meant.isEmpty() ? raised : meant).stream().filter(AlarmKinds::isMoved).forEach(kinds::add);
        return kinds.isEmpty()
                ? Outcome.reject(
                        Reason.BAD_FEEDBACK,
                        "the alert is of " + raised + ", which is configured and not learned: " + AlertSection.STD
                                + " is the limit of the deviation, " + AlertSection.SILENCE + " that of silence")
                : Outcome.of(Collections.unmodifiableSet(kinds));
    }
}
