package io.credence.bayes.alert;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unusual events that belong together, from the first that raised to the end.
 *
 * @param id identity: the model key, the time and the identity of the event with which it began, and how many began before
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

    /**
     * An episode that begins.
     *
     * @param at event time of the first, as far as it is believed
     */
    static Episode begin(String id, Notice first, long at) {
        return new Episode(id, Phase.PENDING, at, at, at, 0, 0, 0, first, Set.of(), List.of());
    }

    /**
     * With one more event, which raises. One that is too old to be of the same burst is counted and does not carry the
     * beginning back: what lies between is not told of.
     */
    Episode with(Notice notice, long at, AlertRules rules) {
        long latest = Math.max(last, at);
        long first = at >= started - slack(rules) ? Math.min(started, at) : started;
        return together(notice, first, latest, events + notice.events());
    }

    /** With what the other source says of one of its events, which is counted already. */
    Episode beside(Notice notice) {
        return together(notice, started, last, events);
    }

    /** Whether an event of that time is one of those that were told of. */
    boolean covers(long at) {
        return at >= started && at <= last;
    }

    /** How much earlier events of the same burst may be: of partitions that are read later. */
    long slack(AlertRules rules) {
        double length = last - started;
        double distance = events > 1 ? length / (events - 1) : 0;
        return rules.rest(Math.min(length, Turn.GAPS * distance));
    }

    private Episode together(Notice notice, long first, long latest, long count) {
        EnumSet<Question> all = EnumSet.noneOf(Question.class);
        all.addAll(questions);
        all.addAll(notice.questions());
        List<String> causes = Stream.concat(features.stream(), notice.features().stream())
                .distinct()
                .limit(MOST_FEATURES)
                .toList();
        return new Episode(
                id,
                phase,
                first,
                latest,
                latest,
                count,
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
