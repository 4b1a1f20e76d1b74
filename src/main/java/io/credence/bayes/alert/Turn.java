package io.credence.bayes.alert;

import io.credence.bayes.alert.Episode.Phase;
import io.credence.bayes.alert.Episodes.Span;
import io.credence.bayes.alert.Episodes.Taken;
import io.credence.bayes.alert.Notice.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One notice or tick on its way through the {@link Episodes} of a model. */
final class Turn {
    /*
     *            raises            long enough                 clears
     *   (none) ─────────► PENDING ────────────► FIRING ─────────────────► RECOVERING ───────────► RESOLVED
     *      ▲                 │                    ▲          raises          │       long enough
     *      └─────────────────┘                    └──────────────────────────┘       or stale
     *        clears, or stale
     *
     * Events come late and out of order, from sources that are apart: the scorer judges at once, the learner when the label
     * comes, a day later perhaps and in batches. So each source has an episode of its own, and what it says holds up and ends
     * that alone. What the other source has told of already is told of no second time: an event within its open episode adds to
     * what is known of that, one within an episode that is over is a late one of it. So is one that is as old as the last
     * episodes of its own source: partitions of one burst are read in any order.
     *
     * The clock is the latest event time, but no single event moves it farther than it would move in a long pause: how far a
     * source jumps beyond that is believed once its next event has jumped, too. Until then the event counts as one of now, and
     * if it was the time of several that was wrong, an episode that nobody reaches ends after OVERTAKEN events.
     *
     * A source is stale if nothing was heard of it for four times its longest gap, and five minutes at least: an episode of a
     * stream that has ended is over some time. A message is due at the first firing, at the end, and between whenever the
     * events have doubled, so that n events make at most 2 + log2(n) messages.
     */
    static final long REST_MS = 300_000;
    static final double GAPS = 4;
    /** A gap is learned from so many notices before silence is judged by it. */
    private static final long KNOWN = 50;
    /** Events that are older than what raised: after so many it was the time that was wrong. */
    private static final long OVERTAKEN = 1000;

    private final Episodes before;
    private final AlertRules rules;
    private final Line[] lines;
    private final @Nullable Episode[] open;
    private final List<Span> told;
    private final List<Episode> said = new ArrayList<>();
    private long clock;
    private @Nullable Episode silence;
    private long suppressed;
    private long begun;

    Turn(Episodes before, AlertRules rules) {
        this.before = before;
        this.rules = rules;
        lines = new Line[] {before.scoring(), before.learning()};
        open = new Episode[] {before.scored(), before.learned()};
        told = new ArrayList<>(before.told());
        clock = before.clock();
        silence = before.silence();
        suppressed = before.suppressed();
        begun = before.begun();
    }

    Taken taken() {
        Episodes next = new Episodes(
                before.modelKey(),
                clock,
                lines[0],
                lines[1],
                open[0],
                open[1],
                silence,
                told,
                suppressed,
                begun,
                before.remarks());
        return new Taken(next, List.copyOf(said));
    }

    void tick(long time) {
        if (clock == Line.NEVER || time <= clock) {
            return;
        }
        clock = time;
        rest(time);
        listen(time);
    }

    void notice(Notice notice) {
        int source = notice.source().ordinal();
        long time = notice.time();
        long at = time;
        long limit = later(clock, Math.max(patience(source), expectedMs()));
        if (lines[source].gap() > 0 && time > limit) {
            at = Math.max(clock, Math.min(time, lines[source].said()));
            if (at <= limit) {
                clock = limit;
                rest(limit);
            }
        }
        tick(at);
        clock = Math.max(clock, at);
        if (silence != null) {
            said.add(silence.endedAt(time));
            silence = null;
        }
        lines[source] = lines[source].heard(clock, time, at, notice.events());
        if (notice.raises()) {
            raise(source, notice, at);
        } else if (notice.clears()) {
            clear(source, at, notice.events());
        }
    }

    private void raise(int source, Notice notice, long at) {
        Episode own = open[source];
        long over = later(lines[source].last(), lines[source].reach(rules));
        if (own != null && at > over) {
            end(source, over);
            own = null;
        }
        if (own == null || own.phase() == Phase.PENDING) {
            if (isLate(source, own == null, notice.time())) {
                return;
            }
            Episode theirs = open[1 - source];
            if (theirs != null && theirs.phase() != Phase.PENDING && theirs.covers(notice.time())) {
                open[1 - source] = theirs.beside(notice);
                return;
            }
        }
        lines[source] = own == null ? lines[source].begun(at) : lines[source].raised(at);
        Episode grown = (own == null ? Episode.begin(name(notice), notice, at) : own).with(notice, at, rules);
        if (grown.phase() == Phase.PENDING) {
            open[source] = isRipe(grown) ? say(grown.in(Phase.FIRING).told(suppressed)) : grown;
        } else {
            Episode firing = grown.in(lines[source].quiet() == 0 ? Phase.FIRING : Phase.RECOVERING);
            open[source] = firing.events() >= 2 * firing.told() ? say(firing.told(firing.suppressed())) : firing;
        }
    }

    /** Whether an event is one of an episode that is over; if its source has one open, of one of the other's. */
    private boolean isLate(int source, boolean anew, long time) {
        Source by = Source.values()[source];
        return told.stream().anyMatch(span -> (anew || span.source() != by) && span.holds(by, time));
    }

    private String name(Notice first) {
        return before.modelKey() + ":" + first.time() + ":" + first.eventId() + ":" + begun++;
    }

    private Episode say(Episode episode) {
        suppressed = 0;
        said.add(episode);
        return episode;
    }

    /** Whether it has raised for long enough. A cooldown lets it wait: what still raises when that is over fires then. */
    private boolean isRipe(Episode episode) {
        return episode.events() >= rules.forEvents()
                && episode.last() - episode.started() >= rules.forMs()
                && !isCooling(episode);
    }

    private boolean isCooling(Episode episode) {
        return rules.cooldownMs() > 0
                && told.stream()
                        .anyMatch(span -> episode.last() >= span.started()
                                && episode.last() < Turn.later(span.end(), rules.cooldownMs()));
    }

    private void clear(int source, long at, long events) {
        Episode episode = open[source];
        if (episode == null) {
            return;
        }
        Line line = at < lines[source].last() ? lines[source].overtaken(events) : lines[source].cleared(events);
        lines[source] = line;
        boolean counts = at >= line.last();
        if (line.older() >= OVERTAKEN || counts && (episode.phase() == Phase.PENDING || isLongEnough(line, at))) {
            end(source, at);
        } else if (counts && episode.phase() == Phase.FIRING) {
            open[source] = episode.in(Phase.RECOVERING);
        }
    }

    private boolean isLongEnough(Line line, long time) {
        return line.quiet() >= rules.keepFiringEvents() && time - line.last() >= rules.keepFiringMs();
    }

    /** Ends what no notice will. */
    private void rest(long time) {
        for (int i = 0; i < lines.length; i++) {
            if (open[i] != null && time >= restMs(i)) {
                end(i, restMs(i));
            }
        }
    }

    /** When the open episode of a source is over if nothing comes. */
    private long restMs(int source) {
        Line line = lines[source];
        long stale = later(line.heard(), patience(source));
        return line.quiet() >= rules.keepFiringEvents()
                ? Math.min(stale, later(line.last(), rules.keepFiringMs()))
                : stale;
    }

    private void end(int source, long time) {
        Episode episode = open[source];
        if (episode == null) {
            return;
        }
        open[source] = null;
        if (episode.phase() != Phase.PENDING) {
            Episode over = episode.endedAt(time);
            told.add(Span.of(Source.values()[source], over, rules));
            if (told.size() > Episodes.MOST_TOLD) {
                told.remove(0);
            }
            said.add(over);
        } else if (isCooling(episode)) {
            suppressed += episode.events();
        }
    }

    private void listen(long time) {
        long since = heard();
        long expected = expectedMs();
        if (silence == null && expected > 0 && time - since >= expected) {
            Notice nothing = Notice.silence(since, time, expected);
            Episode fired = Episode.begin(name(nothing), nothing, since)
                    .with(nothing, since, rules)
                    .in(Phase.FIRING)
                    .told(0);
            silence = fired;
            said.add(fired);
        }
    }

    /** The earliest time whose tick would change more than the clock; the greatest number if none would. */
    long due() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < lines.length; i++) {
            due = open[i] == null ? due : Math.min(due, restMs(i));
        }
        long expected = expectedMs();
        boolean listens = clock != Line.NEVER && silence == null && expected > 0;
        return listens ? Math.min(due, later(heard(), expected)) : due;
    }

    /** How long a silence has to last; 0 if none is ever one. */
    private long expectedMs() {
        if (rules.silenceMs() != AlertRules.LEARNED) {
            return rules.silenceMs();
        }
        long shortest = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].notices() >= KNOWN) {
                shortest = shortest == 0 ? patience(i) : Math.min(shortest, patience(i));
            }
        }
        return shortest;
    }

    private long heard() {
        return Math.max(lines[0].heard(), lines[1].heard());
    }

    /** How long after its last notice nothing more is to be expected of a source soon. */
    private long patience(int source) {
        return rules.rest(GAPS * lines[source].gap());
    }

    /** A sum of times that does not overflow. */
    static long later(long time, long by) {
        return time > Long.MAX_VALUE - by ? Long.MAX_VALUE : time + by;
    }
}
