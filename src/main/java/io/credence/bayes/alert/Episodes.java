package io.credence.bayes.alert;

import io.credence.bayes.alert.Notice.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of one model: what is open, and as much of what was as the next one needs. A value of bounded size.
 *
 * <p>What it says is a fold of the notices and ticks in their order: no other clock is read.
 *
 * @param modelKey the model
 * @param clock the greatest time that was believed; {@link Line#NEVER} before the first notice
 * @param scoring what the scorer said
 * @param learning what the learner said
 * @param scored the episode of what the scorer said that is pending, fires or recovers, or null
 * @param learned the same of what the learner said
 * @param silence the silence that lasts, or null
 * @param told when the last episodes that fired were, {@value #MOST_TOLD} at most, in the order of their ends
 * @param suppressed events that raised in the cooldown and were not told of
 * @param begun how many episodes began
 * @param remarks what was said of them last, {@value #MOST_REMARKS} at most
 */
public record Episodes(
        String modelKey,
        long clock,
        Line scoring,
        Line learning,
        @Nullable Episode scored,
        @Nullable Episode learned,
        @Nullable Episode silence,
        List<Span> told,
        long suppressed,
        long begun,
        List<Remark> remarks) {
    /** An event of before these is not known to have been told of. */
    static final int MOST_TOLD = 32;
    /** What was said before these may be said again. */
    static final int MOST_REMARKS = 32;
    /** An episode that is over is not known by a longer name, so that what is stored stays small. */
    private static final int LONGEST_NAME = 256;

    /**
     * When an episode was, in event time, milliseconds.
     *
     * @param source whose it was
     * @param started the earliest event
     * @param last the latest that raised
     * @param ended when it was over
     * @param slack how much earlier and later events of its source are of the same burst
     * @param id its identity; empty if it or that of the worst event was too long to be kept
     * @param worst identity of its worst event; empty in the same case
     * @param questions all that were answered with yes
     */
    public record Span(
            Source source,
            long started,
            long last,
            long ended,
            long slack,
            String id,
            String worst,
            Set<Question> questions) {
        public Span {
            questions = Question.ordered(questions);
        }

        static Span of(Source source, Episode over, AlertRules rules) {
            String worst = over.worst().eventId();
            boolean kept = Math.max(over.id().length(), worst.length()) <= LONGEST_NAME;
            return new Span(
                    source,
                    over.started(),
                    over.last(),
                    over.ended(),
                    over.slack(rules),
                    kept ? over.id() : "",
                    kept ? worst : "",
                    over.questions());
        }

        /** When it was over by the events of its own source; the clock may have been far ahead. */
        long end() {
            return Math.min(ended, Turn.later(last, slack));
        }

        /** Whether an event that comes now was told of with this episode. */
        boolean holds(Source by, long at) {
            return by == source ? at >= started - slack && at < end() : at >= started && at <= last;
        }
    }

    /**
     * What a notice or tick did.
     *
     * @param next what there is now
     * @param said the episodes that are to be told of, as they are now; mostly none
     */
    public record Taken(Episodes next, List<Episode> said) {}

    public Episodes {
        told = List.copyOf(told);
        remarks = List.copyOf(remarks);
    }

    /** A model of which nothing was heard. */
    public static Episodes of(String modelKey) {
        return new Episodes(
                modelKey, Line.NEVER, Line.SILENT, Line.SILENT, null, null, null, List.of(), 0, 0, List.of());
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

    /** The earliest time of which a tick would change more than the clock; {@link Long#MAX_VALUE} if none would. */
    public long due(AlertRules rules) {
        return new Turn(this, rules).due();
    }

    /** Whether an episode that was said next has not been told of before. */
    public boolean isNew(Episode said) {
        return said.phase() != Episode.Phase.RESOLVED
                && !isFiring(scored, said)
                && !isFiring(learned, said)
                && !isFiring(silence, said);
    }

    private static boolean isFiring(@Nullable Episode known, Episode said) {
        return known != null
                && known.phase() != Episode.Phase.PENDING
                && known.id().equals(said.id());
    }

    /**
     * The episodes that fired and are called so, or whose worst event is: what is open, and the last {@value #MOST_TOLD}
     * that are over. A silence has no event.
     *
     * @param name not empty
     * @return what was unusual by the episodes' ids
     */
    public Map<String, Set<Question>> called(String name) {
        Map<String, Set<Question>> found = new LinkedHashMap<>();
        for (Span span : told) {
            if (name.equals(span.id) || name.equals(span.worst)) {
                found.put(span.id, span.questions);
            }
        }
        for (Episode open : new Episode[] {scored, learned, silence}) {
            if (open != null
                    && open.phase() != Episode.Phase.PENDING
                    && (name.equals(open.id()) || name.equals(open.worst().eventId()))) {
                found.put(open.id(), open.questions());
            }
        }
        return found;
    }

    /** What was not said before of that: the same of the other questions, perhaps of none. */
    public Remark unsaid(Remark remark) {
        EnumSet<Question> left = EnumSet.noneOf(Question.class);
        left.addAll(remark.questions());
        remarks.stream().filter(remark::isLike).forEach(said -> left.removeAll(said.questions()));
        return new Remark(remark.about(), remark.missed(), left);
    }

    /** After somebody said that. */
    public Episodes with(Remark remark) {
        List<Remark> all = new ArrayList<>(remarks);
        all.add(remark);
        return new Episodes(
                modelKey,
                clock,
                scoring,
                learning,
                scored,
                learned,
                silence,
                told,
                suppressed,
                begun,
                all.subList(Math.max(0, all.size() - MOST_REMARKS), all.size()));
    }

    /** The episode that has fired and is not over, or null; of two that of the scorer. */
    public @Nullable Episode firing() {
        return scored != null && scored.phase() != Episode.Phase.PENDING
                ? scored
                : learned != null && learned.phase() != Episode.Phase.PENDING ? learned : null;
    }
}
