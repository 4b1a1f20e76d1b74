package io.credence.bayes.alert;

import java.util.List;
import java.util.Set;

/**
 * What an event, or a run of usual ones, says to the {@link Episodes} of its model.
 *
 * @param source who judged: each clears only what it raised itself
 * @param eventId identity of the event
 * @param time event time, milliseconds since the epoch
 * @param events how many events it stands for, at least 1; a run's time is that of its newest
 * @param raises whether it is unusual enough to begin an episode or to carry one on
 * @param clears whether it is usual enough to help end one; what neither raises nor clears leaves an episode as it is
 * @param grade how unusual, 0 to 1
 * @param confidence how far the grade may be trusted, 0 to 1
 * @param expected what was predicted, NaN if nothing was
 * @param actual the label, NaN while it is not known
 * @param lower end of the predicted band, or NaN
 * @param upper end of the predicted band, or NaN
 * @param questions those that were answered with yes; empty unless it raises
 * @param features those that are the cause, if any are
 * @param evidence the caller's own form of the event, which comes back with the episode's worst; may be empty
 */
public record Notice(
        Source source,
        String eventId,
        long time,
        long events,
        boolean raises,
        boolean clears,
        double grade,
        double confidence,
        double expected,
        double actual,
        double lower,
        double upper,
        Set<Question> questions,
        List<String> features,
        byte[] evidence) {
    private static final byte[] NONE = {};

    /** Who judged an event. */
    public enum Source {
        /** The scorer, when the event came. */
        SCORING,
        /** The learner, when its label came. */
        LEARNING
    }

    public Notice {
        questions = Question.ordered(questions);
        features = List.copyOf(features);
    }

    /**
     * A run of events none of which raised.
     *
     * @param time of the newest
     * @param clearing how many of them clear; 0 if none does
     */
    public static Notice run(Source source, String eventId, long time, long clearing) {
        return new Notice(
                source,
                eventId,
                time,
                Math.max(1, clearing),
                false,
                clearing > 0,
                0,
                1,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Set.of(),
                List.of(),
                NONE);
    }

    /** Silence, as far as there is a notice of nothing. */
    static Notice silence(long since, long at, long expectedMs) {
        double lasting = at - since;
        return new Notice(
                Source.SCORING,
                "silence",
                since,
                1,
                true,
                false,
                1,
                1,
                expectedMs,
                lasting,
                0,
                expectedMs,
                Set.of(Question.SILENCE),
                List.of(),
                NONE);
    }

    /** The same with other questions; without any it clears instead of raising. */
    Notice with(Set<Question> others) {
        boolean still = raises && !others.isEmpty();
        return new Notice(
                source,
                eventId,
                time,
                events,
                still,
                clears || raises && !still,
                grade,
                confidence,
                expected,
                actual,
                lower,
                upper,
                others,
                features,
                evidence);
    }
}
