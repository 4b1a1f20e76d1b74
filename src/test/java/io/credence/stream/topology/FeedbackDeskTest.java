package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.AlertRules;
import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Notice.Source;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Remark;
import io.credence.bayes.feature.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which episode is meant, and what was said of it. */
class FeedbackDeskTest {
    private static final AlertRules RULES = new AlertRules(0, 1, 0, 2, 0, 0, 0, true, true, 0);
    private static final long DAY = 86_400_000;

    private final FeedbackDesk desk = new FeedbackDesk(true);
    private long time = 1_700_000_000_000L;

    /** A learner's notice of an event that raises. */
    private Notice notice(String eventId, Question question) {
        return new Notice(
                Source.LEARNING,
                eventId,
                time,
                1,
                true,
                false,
                1,
                1,
                0,
                9,
                -1,
                1,
                Set.of(question),
                List.of(),
                new byte[0]);
    }

    /** After an episode of one event and two that clear. */
    private Episodes after(Episodes before, String eventId, Question question) {
        time += DAY;
        Episodes open = before.take(notice(eventId, question), RULES).next();
        return open.take(Notice.run(Source.LEARNING, "u", time + 1, 2), RULES).next();
    }

    private static Remark falseAlarm(String about, Question... kinds) {
        return new Remark(about, false, Set.of(kinds));
    }

    private static String refusal(Outcome<Remark> outcome) {
        return outcome.fold(
                remark -> {
                    throw new AssertionError("heeded: " + remark);
                },
                bad -> bad.detail());
    }

    @Test
    void shouldTakeTheEpisodesOwnIdAndKindsWhenAnEventIsNamed() {
        Episodes two = after(after(Episodes.of("m"), "a", Question.SURPRISING), "b", Question.STUCK);
        String id = two.told().get(1).id();

        assertEquals(
                new Remark(id, false, Set.of(Question.STUCK)),
                desk.resolve(two, falseAlarm("b")).orElseThrow());
        assertTrue(refusal(desk.resolve(two, falseAlarm("c"))).contains("of model 'm'"));
    }

    @Test
    void shouldAskWhichWhenAnEventIsTheWorstOfSeveral() {
        Episodes two = after(after(Episodes.of("m"), "a", Question.SURPRISING), "a", Question.STUCK);

        String refusal = refusal(desk.resolve(two, falseAlarm("a")));
        for (Episodes.Span span : two.told()) {
            assertTrue(refusal.contains(span.id()), refusal);
            assertEquals(
                    span.id(),
                    desk.resolve(two, falseAlarm(span.id())).orElseThrow().about());
        }
    }

    @Test
    void shouldKnowAnOpenEpisodeWhenItFires() {
        Episodes open = Episodes.of("")
                .take(notice("far", Question.OUT_OF_RANGE), RULES)
                .next();
        Episode firing = open.firing();

        assertEquals(
                firing.id(), desk.resolve(open, falseAlarm("far")).orElseThrow().about());
    }

    @Test
    void shouldHeedEachKindOnceWhenTheSameIsSaidAgain() {
        Episodes one = after(Episodes.of(""), "a", Question.SURPRISING);
        Remark said = desk.resolve(one, falseAlarm("a")).orElseThrow();
        Episodes heeded = one.with(said);

        assertTrue(refusal(desk.resolve(heeded, falseAlarm("a", Question.SURPRISING)))
                .contains("has been said"));
        Remark missed = new Remark("a", true, Set.of(Question.SURPRISING));
        assertEquals(missed, desk.resolve(heeded, missed).orElseThrow());
        for (int i = 0; i < 32; i++) {
            heeded = heeded.with(new Remark("m" + i, true, Set.of(Question.STUCK)));
        }
        assertEquals(32, heeded.remarks().size());
        assertEquals(said, desk.resolve(heeded, falseAlarm("a")).orElseThrow(), "what is no longer remembered counts");
    }

    @Test
    void shouldHeedTheOtherKindWhenOneWasSaid() {
        Episodes open = Episodes.of("");
        for (Question question : List.of(Question.SURPRISING, Question.SHIFTED)) {
            open = open.take(notice("a" + question, question), RULES).next();
        }
        String id = open.firing().id();
        Episodes heeded = open.with(falseAlarm(id, Question.SURPRISING));

        assertEquals(
                falseAlarm(id, Question.SHIFTED),
                desk.resolve(heeded, falseAlarm(id)).orElseThrow());
    }

    @Test
    void shouldNotKnowAnEpisodeThatIsOverWhenItsNameIsTooLong() {
        String longest = "x".repeat(250);
        Episodes two = after(after(Episodes.of(""), longest, Question.SURPRISING), longest, Question.STUCK);

        assertTrue(refusal(desk.resolve(two, falseAlarm(longest))).contains("neither one of the last episodes"));
        assertEquals(List.of("", ""), two.told().stream().map(Episodes.Span::id).toList());
    }

    @Test
    void shouldRefuseWhenNobodyAsksForFeedbackAnyMore() {
        Episodes one = after(Episodes.of(""), "a", Question.SURPRISING);

        assertTrue(refusal(new FeedbackDesk(false).resolve(one, falseAlarm("a")))
                .contains("credence.topic.feedback is not set"));
    }
}
