package io.credence.bayes.alert;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unusual events that belong together, from the first that raised to the end.
 *
 * @param id identity: the model key, the time and the identity of the event with which it began
 * @param phase what has become of it
 * @param started earliest event time
 * @param last latest event time of those that raised
 * @param ended event time at which it was over, while it is not: {@code last}
 * @param events how many events raised
 * @param suppressed how many raised in the cooldown before it and were not told of
 * @param told how many events its last message told of; 0 before the first
 * @param worst the event with the highest grade, the first of several
 * @param questions all that were answered with yes
 * @param features all that were the cause, the first {@value #MOST_FEATURES}
 */
public record Episode(
        String id,
        Phase phase,
        long started,
        long last,
        long ended,
        long events,
        long suppressed,
        long told,
        Notice worst,
        Set<Question> questions,
        List<String> features) {
    /** More causes than these are not listed, so that what is stored stays small. */
    static final int MOST_FEATURES = 16;

    /** What has become of an episode. */
    public enum Phase {
        /** It has not raised for long enough, and nobody was told. */
        PENDING,
        /** It was told of. */
        FIRING,
        /** Events clear, but not yet for long enough. */
        RECOVERING,
        /** It is over. */
        RESOLVED
    }

    public Episode {
        questions = Question.ordered(questions);
        features = List.copyOf(features);
    }

    /** An episode that begins. */
    static Episode begin(String modelKey, Notice first) {
        return new Episode(
                modelKey + ":" + first.time() + ":" + first.eventId(),
                Phase.PENDING,
                first.time(),
                first.time(),
                first.time(),
                0,
                0,
                0,
                first,
                Set.of(),
                List.of());
    }

    /** With one more event, which raises. */
    Episode with(Notice notice) {
        EnumSet<Question> all = EnumSet.noneOf(Question.class);
        all.addAll(questions);
        all.addAll(notice.questions());
        List<String> causes = Stream.concat(features.stream(), notice.features().stream())
                .distinct()
                .limit(MOST_FEATURES)
                .toList();
        long latest = Math.max(last, notice.time());
        return new Episode(
                id,
                phase,
                Math.min(started, notice.time()),
                latest,
                latest,
                events + notice.events(),
                suppressed,
                told,
                notice.grade() > worst.grade() ? notice : worst,
                all,
                causes);
    }

    Episode in(Phase next) {
        return new Episode(id, next, started, last, ended, events, suppressed, told, worst, questions, features);
    }

    Episode endedAt(long time) {
        return new Episode(
                id,
                Phase.RESOLVED,
                started,
                last,
                Math.max(last, time),
                events,
                suppressed,
                events,
                worst,
                questions,
                features);
    }

    /** As it is told. */
    Episode told(long unmentioned) {
        return new Episode(id, phase, started, last, ended, events, unmentioned, events, worst, questions, features);
    }
}
