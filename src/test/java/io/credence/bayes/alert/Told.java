package io.credence.bayes.alert;

import io.credence.bayes.alert.Episode.Phase;
import io.credence.bayes.alert.Notice.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The episodes of a model, and all that they said. */
final class Told {
    private static final byte[] NONE = {};

    final List<Episode> said = new ArrayList<>();
    private final AlertRules rules;
    Episodes now = Episodes.of("m");
    private int events;

    Told(AlertRules rules) {
        this.rules = rules;
    }

    Told raise(long... times) {
        for (long time : times) {
            notice(event(time, 0.5, true, false));
        }
        return this;
    }

    Told between(long... times) {
        for (long time : times) {
            notice(event(time, 0.1, false, false));
        }
        return this;
    }

    Told clear(long... times) {
        for (long time : times) {
            notice(event(time, 0, false, true));
        }
        return this;
    }

    Told notice(Notice notice) {
        return take(now.take(notice, rules));
    }

    Told tick(long time) {
        return take(now.tick(time, rules));
    }

    Notice event(long time, double grade, boolean raises, boolean clears) {
        return event(Source.SCORING, time, grade, raises, clears, 10, Double.NaN);
    }

    Notice event(
            Source source, long time, double grade, boolean raises, boolean clears, double expected, double actual) {
        Question question = source == Source.SCORING ? Question.UNCERTAIN : Question.SURPRISING;
        return new Notice(
                source,
                "e" + events++,
                time,
                1,
                raises,
                clears,
                grade,
                1,
                expected,
                actual,
                expected - 1,
                expected + 1,
                raises ? Set.of(question) : Set.of(),
                raises ? List.of("temp") : List.of(),
                NONE);
    }

    /** The phases that were told of, in order. */
    List<Phase> phases() {
        return said.stream().map(Episode::phase).toList();
    }

    /** How many messages tell of a phase. */
    long count(Phase phase) {
        return said.stream().filter(episode -> episode.phase() == phase).count();
    }

    Episode last() {
        return said.get(said.size() - 1);
    }

    private Told take(Episodes.Taken taken) {
        now = taken.next();
        said.addAll(taken.said());
        return this;
    }
}
