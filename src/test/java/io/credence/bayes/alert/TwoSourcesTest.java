package io.credence.bayes.alert;

import static io.credence.bayes.alert.Episode.Phase.FIRING;
import static io.credence.bayes.alert.Episode.Phase.RESOLVED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Episode.Phase;
import io.credence.bayes.alert.Notice.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the scorer says at once and the learner a day later, in batches: neither may mute the other, nor a batch the next. */
class TwoSourcesTest {
    private static final long DAY = 86_400_000;
    private static final long HOUR = 3_600_000;
    private static final long SECOND = 1000;
    private static final AlertRules RULES = new AlertRules(0, 1, 0, 2, 0, 0, 0, true, true, 0);

    private static Told learned(Told told, boolean raises, long... times) {
        for (long time : times) {
            told.notice(told.event(Source.LEARNING, time, raises ? 0.9 : 0, raises, !raises, 10, 99));
        }
        return told;
    }

    private static List<Long> begun(Told told) {
        return told.said.stream()
                .filter(episode -> episode.phase() == FIRING)
                .map(Episode::started)
                .distinct()
                .toList();
    }

    @Test
    void shouldFireForEachBatchOfLabelsWhenBatchesComeOnceADay() {
        Told told = new Told(RULES);
        List<Long> expected = new ArrayList<>();
        for (int day = 1; day <= 10; day++) {
            for (int hour = 0; hour < 24; hour++) {
                told.clear(day * DAY + hour * HOUR);
            }
            // The labels of the day before, the last of them surprising: what would clear it comes a day later.
            for (int hour = 0; hour < 23; hour++) {
                learned(told, false, (day - 1) * DAY + hour * HOUR);
            }
            learned(told, true, (day - 1) * DAY + 23 * HOUR);
            expected.add((day - 1) * DAY + 23 * HOUR);
        }

        assertEquals(expected, begun(told));
    }

    @Test
    void shouldFireForALateLabelWhenTheScorerHasAnEpisodeOpen() {
        Told told = new Told(RULES).clear(DAY).raise(DAY + SECOND);

        learned(told, true, 5 * HOUR);

        assertEquals(List.of(DAY + SECOND, 5 * HOUR), begun(told));
    }

    @Test
    void shouldFireForALateLabelWhenTheScorerHadAnEpisodeLongAfterIt() {
        Told told = new Told(RULES);
        for (int day = 1; day <= 3; day++) {
            told.clear(day * DAY);
            learned(told, false, (day - 1) * DAY);
        }
        told.raise(4 * DAY).clear(4 * DAY + 1, 4 * DAY + 2);

        learned(told, true, 3 * DAY);

        assertEquals(List.of(4 * DAY, 3 * DAY), begun(told));
    }

    @Test
    void shouldTellOfAnEventOnceWhenScorerAndLearnerBothHoldItForUnusual() {
        for (boolean over : List.of(false, true)) {
            Told told = new Told(RULES).clear(0, SECOND);
            Notice asked = told.event(2 * SECOND, 0.5, true, false);
            told.notice(asked);
            if (over) {
                told.clear(3 * SECOND, 4 * SECOND);
            }
            learned(told, true, 2 * SECOND);
            learned(told, false, 3 * SECOND, 4 * SECOND);
            told.clear(5 * SECOND, 6 * SECOND);

            assertEquals(List.of(FIRING, RESOLVED), told.phases());
            assertEquals(1, told.last().events(), "it is one event");
            Set<Question> all = Set.of(Question.UNCERTAIN, Question.SURPRISING);
            assertEquals(over ? Set.of(Question.UNCERTAIN) : all, told.last().questions());
        }
    }

    @Test
    void shouldGoOnTellingOfLabelsWhenTheyStaySurprisingAfterTheScorersEpisode() {
        Told told = new Told(RULES).clear(0).raise(SECOND).clear(2 * SECOND, 3 * SECOND);
        learned(told, true, SECOND, 2 * SECOND, 3 * SECOND);

        assertEquals(List.of(SECOND, 2 * SECOND), begun(told));
    }

    @Test
    void shouldHaveAnIdForEachEpisodeWhenEventsShareOne() {
        Told told = new Told(RULES);
        Notice first = told.event(0, 0.5, true, false);
        told.notice(first).clear(1, 2);
        for (long time = HOUR; time <= 40 * HOUR; time += HOUR) {
            told.raise(time).clear(time + 1, time + 2);
        }
        // So many later the first is not remembered, and its label begins an episode of its own.
        told.notice(new Notice(
                Source.LEARNING,
                first.eventId(),
                0,
                1,
                true,
                false,
                0.9,
                1,
                10,
                99,
                9,
                11,
                first.questions(),
                List.of(),
                first.evidence()));

        assertEquals(42, told.count(FIRING));
        assertEquals(42, told.said.stream().map(Episode::id).distinct().count());
    }

    /** Calls for every sequence of up to six of: scorer raises, clears, learner raises, clears, a tick of six minutes. */
    private static void each(Consumer<String> sequence) {
        String steps = "rcRCt";
        List<String> all = List.of("");
        for (int length = 1; length <= 6; length++) {
            List<String> longer = new ArrayList<>();
            for (String start : all) {
                for (char step : steps.toCharArray()) {
                    longer.add(start + step);
                }
            }
            longer.forEach(sequence);
            all = longer;
        }
    }

    private static Told play(String sequence, String of) {
        Told told = new Told(RULES);
        for (int before = 3; before >= 1; before--) {
            told.clear(DAY - before * SECOND);
            learned(told, false, -before * SECOND);
        }
        long time = DAY;
        for (char step : sequence.toCharArray()) {
            time += step == 't' ? 360 * SECOND : SECOND;
            if (of.indexOf(step) < 0) {
                continue;
            }
            switch (step) {
                case 'r' -> told.raise(time);
                case 'c' -> told.clear(time);
                case 'R', 'C' -> learned(told, step == 'R', time - DAY);
                default -> told.tick(time);
            }
        }
        return told;
    }

    private static List<String> parts(Told told, long from, long to) {
        return told.said.stream()
                .filter(episode -> episode.started() >= from && episode.started() < to)
                .map(episode ->
                        episode.phase() + " " + episode.started() + " " + episode.last() + " " + episode.events())
                .toList();
    }

    @Test
    void shouldSayOfEachSourceWhatItSaysAloneWhenTheirEventsAreADayApart() {
        each(sequence -> {
            Told both = play(sequence, "rcRCt");
            assertEquals(parts(play(sequence, "rct"), DAY, 2 * DAY), parts(both, DAY, 2 * DAY), sequence);
            assertEquals(parts(play(sequence, "RCt"), 0, DAY), parts(both, 0, DAY), sequence);
        });
    }

    @Test
    void shouldTellOfEachEpisodeOnceThatItFiresAndOnceThatItIsOverWhenBothSpeakOfTheSameEvents() {
        each(sequence -> {
            Told told = new Told(RULES).clear(0);
            long time = 0;
            for (char step : sequence.toCharArray()) {
                time += step == 't' ? 360 * SECOND : step == 'R' || step == 'C' ? 0 : SECOND;
                switch (step) {
                    case 'r' -> told.raise(time);
                    case 'c' -> told.clear(time);
                    case 'R', 'C' -> learned(told, step == 'R', time);
                    default -> told.tick(time);
                }
                long due = told.now.due(RULES);
                long soon = told.now.clock() + 1;
                assertEquals(due <= soon, changes(told.now, soon), sequence);
                assertTrue(due == Long.MAX_VALUE || due <= soon || !changes(told.now, due - 1), sequence);
                assertTrue(due == Long.MAX_VALUE || changes(told.now, Math.max(soon, due)), sequence);
            }
            told.tick(DAY);
            for (String id : told.said.stream().map(Episode::id).distinct().toList()) {
                List<Phase> phases = told.said.stream()
                        .filter(episode -> episode.id().equals(id))
                        .map(Episode::phase)
                        .toList();
                assertEquals(FIRING, phases.get(0), sequence);
                assertEquals(phases.size() - 1, phases.indexOf(RESOLVED), sequence);
            }
        });
    }

    private static boolean changes(Episodes now, long time) {
        Episodes.Taken taken = now.tick(time, RULES);
        return !taken.said().isEmpty()
                || (taken.next().scored() == null) != (now.scored() == null)
                || (taken.next().learned() == null) != (now.learned() == null);
    }
}
