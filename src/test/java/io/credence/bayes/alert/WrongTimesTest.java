package io.credence.bayes.alert;

import static io.credence.bayes.alert.Episode.Phase.FIRING;
import static io.credence.bayes.alert.Episode.Phase.RESOLVED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Events whose time cannot be right: they are told of, and hold up nothing. */
class WrongTimesTest {
    private static final long MINUTE = 60_000;

    private static AlertRules rules(long forMs, long forEvents, long keepMs, long keepEvents, long cooldownMs) {
        return new AlertRules(forMs, forEvents, keepMs, keepEvents, cooldownMs, 0, 0, true, true, 0);
    }

    @Test
    void shouldFireAndBeOverAndFireAgainWhenOneEventThatRaisesHasATimeOfTheFarFuture() {
        long second = 1000;
        for (long wrong : new long[] {3650L * 24 * 60 * MINUTE, Long.MAX_VALUE}) {
            Told told = new Told(rules(0, 1, 0, 2, 0)).clear(0, second);
            told.raise(wrong).clear(3 * second, 4 * second).raise(5 * second).clear(6 * second, 7 * second);

            assertEquals(List.of(FIRING, RESOLVED, FIRING, RESOLVED), told.phases(), "" + wrong);
            assertEquals(second, told.said.get(0).started(), "it counts as one of now");
            assertEquals(wrong, told.said.get(0).worst().time());
            assertTrue(told.now.clock() <= second + 5 * MINUTE, "" + told.now.clock());
        }
    }

    @Test
    void shouldBelieveALongPauseWhenTheNextEventConfirmsIt() {
        long day = 24 * 60 * MINUTE;
        Told told = new Told(rules(0, 1, 0, 2, 0)).clear(0, 1000, 2000).clear(3 * day);
        assertEquals(2000 + 5 * MINUTE, told.now.clock());

        told.clear(3 * day + 1000, 3 * day + 2000);

        assertEquals(3 * day + 2000, told.now.clock());
        assertEquals(16_000, told.now.scoring().gap(), 20, "and a pause is no usual gap");
    }

    @Test
    void shouldNotHoldAnEpisodeForEverWhenManyEventsHaveATimeOfTheFarFuture() {
        long year = 365L * 24 * 60 * MINUTE;
        Told told = new Told(rules(0, 1, 0, 2, 0)).clear(0, 1000).raise(year, year + 1, year + 2);
        for (int i = 0; i < 1000; i++) {
            told.clear(2000 + i);
        }

        assertNull(told.now.firing());
        assertEquals(2, told.count(RESOLVED), "what came before the clock was moved, and what came after");
        told.raise(400_000).clear(400_001, 400_002);
        assertEquals(3, told.count(RESOLVED));
    }

    @Test
    void shouldGoOnWhenOneEventHasATimeOfTheFarFuture() {
        Told told = new Told(rules(0, 1, 0, 2, 0))
                .clear(0, 1)
                .clear(Long.MAX_VALUE / 4)
                .raise(10)
                .clear(11, 12);

        assertEquals(List.of(FIRING, RESOLVED), told.phases());
    }
}
