package io.credence.bayes.alert;

import static io.credence.bayes.alert.Episode.Phase.FIRING;
import static io.credence.bayes.alert.Episode.Phase.RESOLVED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Notice.Source;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What alerting products got wrong, and what an episode says of its events. */
class EpisodesTest {
    private static final long MINUTE = 60_000;

    private static AlertRules rules(long forMs, long forEvents, long keepMs, long keepEvents, long cooldownMs) {
        return new AlertRules(forMs, forEvents, keepMs, keepEvents, cooldownMs, 0, 0, true, true, 0);
    }

    @Test
    void shouldBeOneEpisodeWhenAStreamFlapsAtTheThreshold() {
        Told told = new Told(rules(0, 1, 0, 3, 0));
        for (int i = 0; i < 300; i += 3) {
            told.raise(i).clear(i + 1, i + 2);
        }
        told.clear(300);

        assertEquals(1, told.count(RESOLVED));
        assertEquals(100, told.last().events());
        assertTrue(told.said.size() <= 9, "100 events make at most 2 + log2(100) messages: " + told.said.size());
    }

    @Test
    void shouldGoOnFiringWhenEventsNeitherRaiseNorClear() {
        Told told = new Told(rules(0, 1, 0, 2, 0)).raise(1);
        for (int i = 2; i < 1000; i++) {
            told.between(i);
        }

        assertEquals(List.of(FIRING), told.phases());
        assertEquals(List.of(FIRING, RESOLVED), told.clear(1000, 1001).phases());
    }

    @Test
    void shouldNotFireWhenItClearsBeforeItHasRaisedForLongEnough() {
        Told told = new Told(rules(10, 3, 0, 1, 0))
                .raise(0, 1, 2)
                .clear(3)
                .raise(4, 5)
                .clear(6)
                .raise(20, 21);

        assertEquals(List.of(), told.phases());
        assertEquals(List.of(FIRING), told.raise(30).phases());
        assertEquals(20, told.last().started());
    }

    @Test
    void shouldNotArmTheCooldownWhenNothingFired() {
        Told told = new Told(rules(0, 2, 0, 1, 1000)).raise(0).clear(1).raise(2, 3);

        assertEquals(List.of(FIRING), told.phases());
    }

    @Test
    void shouldNotFireAgainWhenASecondBurstComesWithinTheCooldown() {
        Told told = new Told(rules(0, 1, 0, 1, 1000))
                .raise(0)
                .clear(1)
                .raise(500, 501)
                .clear(502);
        assertEquals(List.of(FIRING, RESOLVED), told.phases());

        told.raise(2000).clear(2001);

        assertEquals(List.of(FIRING, RESOLVED, FIRING, RESOLVED), told.phases());
        assertEquals(2, told.last().suppressed(), "what the cooldown held back is told of with the next");
    }

    @Test
    void shouldFireAfterTheCooldownWhenABurstOutlivesIt() {
        Told told = new Told(rules(0, 1, 0, 1, 1000)).raise(0).clear(1);
        for (int time = 900; time < 1200; time += 50) {
            told.raise(time);
        }

        assertEquals(List.of(FIRING, RESOLVED, FIRING), told.phases().subList(0, 3));
        assertEquals(900, told.said.get(2).started());
        assertEquals(1050, told.said.get(2).last(), "1,000 after the end, not sooner");
    }

    @Test
    void shouldKeepFiringWhenEventsClearTooSoon() {
        Told told = new Told(rules(0, 1, 100, 2, 0)).raise(0).clear(1, 2, 3, 99);
        assertEquals(List.of(FIRING), told.phases());

        assertEquals(List.of(FIRING, RESOLVED), told.clear(100).phases());
        assertEquals(100, told.last().ended());
    }

    @Test
    void shouldResolveByATickWhenTheStreamEnds() {
        Told told = new Told(rules(0, 1, 0, 5, 0)).raise(0, 1, 2);
        assertEquals(5 * MINUTE + 2, told.now.due(rules(0, 1, 0, 5, 0)));
        assertEquals(0, told.tick(5 * MINUTE).count(RESOLVED), "not yet");

        told.tick(5 * MINUTE + 2).tick(6 * MINUTE).tick(90 * MINUTE);

        assertEquals(1, told.count(RESOLVED));
        assertEquals(5 * MINUTE + 2, told.last().ended());
    }

    @Test
    void shouldResolveByATickWhenOnlyTheTimeWasMissing() {
        Told told = new Told(rules(0, 1, MINUTE, 1, 0)).raise(0).clear(1);

        assertEquals(List.of(FIRING), told.tick(MINUTE - 1).phases());
        assertEquals(List.of(FIRING, RESOLVED), told.tick(MINUTE).phases());
    }

    @Test
    void shouldTakeLateEventsOfABurstForItsOwnWhenItIsOpen() {
        Told told = new Told(rules(0, 1, 0, 2, 0)).raise(50, 100, 40, 99).clear(98, 97, 96);
        assertEquals(FIRING, told.now.firing().phase(), "what is older than the last that raised does not clear");

        told.clear(101, 102);

        assertEquals(40, told.last().started());
        assertEquals(4, told.last().events());
        assertEquals(
                2,
                told.said.stream()
                                .map(Episode::phase)
                                .filter(p -> p == RESOLVED)
                                .count()
                        * 2);
    }

    @Test
    void shouldBeginNoEpisodeWhenLateEventsComeAfterTheEnd() {
        Told told =
                new Told(rules(0, 1, 0, 2, 0)).raise(50, 100).clear(101, 102).raise(60, 70, 101);

        assertEquals(1, told.count(RESOLVED));
        assertNull(told.now.scored());
    }

    @Test
    void shouldBeTwoEpisodesWhenBurstsAreApart() {
        Told told = new Told(rules(0, 1, 0, 2, 0)).raise(0).clear(1, 2).raise(3).clear(4, 5);

        assertEquals(List.of(FIRING, RESOLVED, FIRING, RESOLVED), told.phases());
        assertEquals(2, told.said.stream().map(Episode::id).distinct().count());
    }

    @Test
    void shouldBeTwoEpisodesWhenNothingCameInBetweenForLong() {
        Told told = new Told(rules(0, 1, 0, 2, 0)).raise(0, 1).raise(60 * MINUTE);

        assertEquals(List.of(FIRING, FIRING, RESOLVED, FIRING), told.phases(), "the first grew to two events");
    }

    @Test
    void shouldHoldForEachSourceWhenLabelsComeADayLater() {
        long day = 24 * 60 * MINUTE;
        Told told = new Told(rules(0, 1, 0, 1, 0));
        told.clear(day).notice(told.event(Source.LEARNING, 0, 0.9, true, false, 10, 99));
        told.clear(day + 1, day + 2, day + 3);
        assertEquals(List.of(FIRING), told.phases(), "the scorer does not clear what the learner raised");

        told.notice(told.event(Source.LEARNING, 1, 0, false, true, 10, 10));

        assertEquals(List.of(FIRING, RESOLVED), told.phases());
        assertEquals(Set.of(Question.SURPRISING), told.last().questions());
    }

    @ParameterizedTest(name = "deviation {0}, relative {1}, above {2}, below {3}: label {4} fires {5}")
    @CsvSource({
        "0, 0, true, true, 11, 1",
        "2, 0, true, true, 11, 0",
        "2, 0, true, true, 12, 1",
        "0, 0.3, true, true, 12, 0",
        "0, 0.3, true, true, 7, 1",
        "0, 0, true, false, 7, 0",
        "0, 0, true, false, 13, 1",
        "0, 0, false, true, 13, 0",
        "0, 0, false, true, 7, 1"
    })
    void shouldFireOnlyWhenTheDeviationIsOneThatIsAskedFor(
            double least, double relative, boolean above, boolean below, double label, int fired) {
        Told told = new Told(new AlertRules(0, 1, 0, 1, 0, least, relative, above, below, 0));

        told.notice(told.event(Source.LEARNING, 0, 0.9, true, false, 10, label));

        assertEquals(fired, told.said.size());
    }

    @Test
    void shouldTellTheWorstEventAndAllCausesWhenItIsOver() {
        Told told = new Told(rules(0, 1, 0, 1, 0)).raise(1);
        told.notice(told.event(2, 0.9, true, false)).raise(3).clear(4);

        assertEquals(0.9, told.last().worst().grade());
        assertEquals("e1", told.last().worst().eventId());
        assertEquals("m:1:e0:0", told.last().id());
        assertEquals(List.of("temp"), told.last().features());
        assertEquals(3, told.last().last());
    }

    @Test
    void shouldTellOfSilenceOnceAndOfItsEndWhenAStreamStops() {
        AlertRules rules = new AlertRules(0, 1, 0, 1, 0, 0, 0, true, true, 1000);
        Told told = new Told(rules).tick(5).clear(0, 500).tick(1499);
        assertEquals(List.of(), told.phases());
        assertEquals(1500, told.now.due(rules));

        told.tick(1500).tick(1501).tick(99_999);
        assertEquals(List.of(FIRING), told.phases());
        assertEquals(Long.MAX_VALUE, told.now.due(rules));

        told.clear(100_000, 100_001);
        assertEquals(List.of(FIRING, RESOLVED), told.phases());
        assertEquals("m:500:silence:0", told.last().id());
        assertEquals(100_000, told.last().ended());
    }

    @Test
    void shouldLearnHowLongIsUsualWhenSilenceIsNotConfigured() {
        Told told = new Told(new AlertRules(0, 1, 0, 1, 0, 0, 0, true, true, AlertRules.LEARNED));
        long hour = 60 * MINUTE;
        for (int i = 0; i < 48; i++) {
            told.clear(i * hour);
        }
        told.clear(60 * hour);
        AlertRules learned = new AlertRules(0, 1, 0, 1, 0, 0, 0, true, true, AlertRules.LEARNED);
        assertEquals(Long.MAX_VALUE, told.now.due(learned), "nobody need watch it");
        told.tick(1000 * hour);
        assertEquals(List.of(), told.phases(), "50 notices have to be known");

        told = new Told(new AlertRules(0, 1, 0, 1, 0, 0, 0, true, true, AlertRules.LEARNED));
        for (int i = 0; i < 100; i++) {
            told.clear(i * hour + (i > 50 ? 2 * hour : 0));
        }
        told.tick(101 * hour + 11 * hour);
        assertEquals(List.of(), told.phases(), "three hours were the longest gap, a little is forgotten");
        assertEquals(List.of(FIRING), told.tick(101 * hour + 12 * hour).phases());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Question.class,
            names = {"SHIFTED", "STUCK", "OUT_OF_RANGE"})
    void shouldFireByItsOwnEvidenceWhenTheLastLabelIsNotFar(Question question) {
        Told told = new Told(new AlertRules(0, 1, 0, 1, 0, 5, 0.5, true, false, 0));
        Notice small = told.event(Source.LEARNING, 0, 0.9, true, false, 10, 9.9);
        told.notice(small.with(Set.of(Question.SURPRISING, question)));

        assertEquals(List.of(FIRING), told.phases());
        assertEquals(Set.of(question), told.last().questions());
    }
}
