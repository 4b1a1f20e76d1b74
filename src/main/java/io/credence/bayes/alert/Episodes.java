package io.credence.bayes.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of one model: what is open, and as much of what was as the next one needs. A value of bounded size.
 *
 * <p>What it says is a fold of the notices and ticks in their order: no other clock is read.
 *
 * @param modelKey the model
 * @param clock the greatest time that was heard of; {@link Line#NEVER} before the first notice
 * @param scoring what the scorer said
 * @param learning what the learner said
 * @param open the episode that is pending, fires or recovers, or null
 * @param silence the silence that lasts, or null
 * @param closed when the last episode that fired was, or null
 * @param suppressed events that raised in the cooldown and were not told of
 */
public record Episodes(
        String modelKey,
        long clock,
        Line scoring,
        Line learning,
        @Nullable Episode open,
        @Nullable Episode silence,
        @Nullable Span closed,
        long suppressed) {
    /**
     * A time from one event to another, both belonging to it.
     *
     * @param from event time, milliseconds
     * @param to event time, milliseconds
     */
    public record Span(long from, long to) {}

    /**
     * What a notice or tick did.
     *
     * @param next what there is now
     * @param said the episodes that are to be told of, as they are now; mostly none
     */
    public record Taken(Episodes next, List<Episode> said) {}

    /** A model of which nothing was heard. */
    public static Episodes of(String modelKey) {
        return new Episodes(modelKey, Line.NEVER, Line.SILENT, Line.SILENT, null, null, null, 0);
    }

    /** After a notice. */
    public Taken take(Notice notice, AlertRules rules) {
        Turn turn = new Turn(this, rules);
        turn.notice(rules.judged(notice));
        return turn.taken();
    }

    /**
     * After a time without a notice.
     *
     * @param time that the clock has reached; nothing happens if it has passed that, or nothing was heard yet
     */
    public Taken tick(long time, AlertRules rules) {
        Turn turn = new Turn(this, rules);
        turn.tick(time);
        return turn.taken();
    }

    /** Whether a tick of that time would change more than the clock. */
    public boolean isDue(long time, AlertRules rules) {
        if (open == null && (silence != null || rules.silenceMs() == 0)) {
            return false;
        }
        Taken taken = tick(time, rules);
        return !taken.said().isEmpty() || open != null && taken.next().open() == null;
    }

    /** Whether an episode that was said next has not been told of before. */
    public boolean isNew(Episode said) {
        Episode firing = firing();
        boolean known = firing != null && firing.id().equals(said.id())
                || silence != null && silence.id().equals(said.id());
        return said.phase() != Episode.Phase.RESOLVED && !known;
    }

    /** The episode that has fired and is not over, or null. */
    public @Nullable Episode firing() {
        return open != null && open.phase() != Episode.Phase.PENDING ? open : null;
    }
}
