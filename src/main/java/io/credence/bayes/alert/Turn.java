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
     * comes. So each source has a line of its own, by which it holds the episode up and lets it go: what clears counts only for
     * its own source, and only if it is not older than the last that raised. An event that raises and is older than the end of
     * the last episode is a late one of that, and begins no other.
     *
     * A source is stale if nothing was heard of it for four times its longest gap, and five minutes at least: an episode of a
     * stream that has ended is over some time. A message is due at the first firing, at the end, and between whenever the
     * events have doubled, so that n events make at most 2 + log2(n) messages.
     */
    private static final long REST_MS = 300_000;
    private static final double GAPS = 4;
    /** A gap is learned from so many notices before silence is judged by it. */
    private static final long KNOWN = 50;

    private final String modelKey;
    private final AlertRules rules;
    private final Line[] lines;
    private final List<Episode> said = new ArrayList<>();
    private long clock;
    private @Nullable Episode open;
    private @Nullable Episode silence;
    private @Nullable Span closed;
    private long suppressed;

    Turn(Episodes before, AlertRules rules) {
        this.rules = rules;
        modelKey = before.modelKey();
        lines = new Line[] {before.scoring(), before.learning()};
        clock = before.clock();
        open = before.open();
        silence = before.silence();
        closed = before.closed();
        suppressed = before.suppressed();
    }

    Taken taken() {
        Episodes next = new Episodes(
                modelKey,
                clock,
                lines[Source.SCORING.ordinal()],
                lines[Source.LEARNING.ordinal()],
                open,
                silence,
                closed,
                suppressed);
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
        tick(notice.time());
        clock = Math.max(clock, notice.time());
        if (silence != null) {
            said.add(silence.endedAt(notice.time()));
            silence = null;
        }
        int source = notice.source().ordinal();
        lines[source] = lines[source].heard(clock);
        if (notice.raises()) {
            raise(source, notice);
        } else if (notice.clears()) {
            clear(source, notice);
        }
    }

    private void raise(int source, Notice notice) {
        long earliest = notice.time() + patience(source);
        if (open == null) {
            if (closed != null && notice.time() < closed.to() && earliest >= closed.from()) {
                return;
            }
            open = Episode.begin(modelKey, notice);
        } else if (earliest < open.started()) {
            return;
        }
        lines[source] = lines[source].raised(notice.time());
        Episode grown = open.with(notice);
        if (grown.phase() == Phase.PENDING) {
            open = isRipe(grown) ? say(grown.in(Phase.FIRING).told(suppressed)) : grown;
        } else {
            Episode firing = grown.in(isQuiet() ? Phase.RECOVERING : Phase.FIRING);
            open = firing.events() >= 2 * firing.told() ? say(firing.told(firing.suppressed())) : firing;
        }
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
        return closed != null && episode.last() >= closed.from() && episode.last() - closed.to() < rules.cooldownMs();
    }

    private void clear(int source, Notice notice) {
        Line line = lines[source];
        if (open == null || !line.raising() || notice.time() < line.last()) {
            return;
        }
        Line quieter = line.cleared(notice.time(), notice.events());
        boolean lets = open.phase() == Phase.PENDING || isLongEnough(quieter, notice.time());
        lines[source] = lets ? quieter.let() : quieter;
        settle(notice.time());
    }

    private boolean isLongEnough(Line line, long time) {
        return line.quiet() >= rules.keepFiringEvents() && time - line.last() >= rules.keepFiringMs();
    }

    /** Lets go what no notice will. */
    private void rest(long time) {
        if (open == null) {
            return;
        }
        long end = open.last();
        for (int i = 0; i < lines.length; i++) {
            Line line = lines[i];
            boolean stale = time - line.heard() >= patience(i);
            if (line.raising() && (stale || isLongEnough(line, time))) {
                end = Math.max(end, stale ? line.heard() + patience(i) : line.last() + rules.keepFiringMs());
                lines[i] = line.let();
            }
        }
        settle(end);
    }

    /** What has become of the open episode, now that lines may have let it go. */
    private void settle(long end) {
        Episode episode = open;
        if (episode == null) {
            return;
        }
        boolean held = false;
        for (Line line : lines) {
            held |= line.raising();
        }
        if (held) {
            open = episode.phase() == Phase.FIRING && isQuiet() ? episode.in(Phase.RECOVERING) : episode;
            return;
        }
        open = null;
        if (episode.phase() != Phase.PENDING) {
            Episode over = episode.endedAt(end);
            closed = new Span(over.started(), over.ended());
            said.add(over);
        } else if (isCooling(episode)) {
            suppressed += episode.events();
        }
    }

    private boolean isQuiet() {
        for (Line line : lines) {
            if (line.raising() && line.quiet() == 0) {
                return false;
            }
        }
        return true;
    }

    private void listen(long time) {
        long since = heard();
        long expected = expectedMs();
        if (silence == null && expected > 0 && time - since >= expected) {
            Notice nothing = Notice.silence(since, time, expected);
            Episode fired = Episode.begin(modelKey, nothing)
                    .with(nothing)
                    .in(Phase.FIRING)
                    .told(0);
            silence = fired;
            said.add(fired);
        }
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

    private long patience(int source) {
        return lines[source].patience(Math.max(REST_MS, rules.keepFiringMs()), GAPS);
    }
}
