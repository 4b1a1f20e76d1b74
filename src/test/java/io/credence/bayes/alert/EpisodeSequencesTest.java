package io.credence.bayes.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.Episode.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every sequence of up to eight of: an event that raises, one between, one that clears, a tick of six minutes. */
class EpisodeSequencesTest {
    private static final int LONGEST = 8;
    private static final long STEP = 1000;
    private static final long TICK = 360_000;
    private static final long COOLDOWN = 2 * STEP;

    private static final List<AlertRules> RULES = List.of(
            rules(0, 1, 0, 1, 0),
            rules(0, 1, 0, 2, 0),
            rules(0, 2, 0, 1, COOLDOWN),
            rules(STEP, 1, 2 * STEP, 2, COOLDOWN),
            new AlertRules(0, 1, 0, 2, COOLDOWN, 0, 0, true, true, 2 * STEP));

    private static AlertRules rules(long forMs, long forEvents, long keepMs, long keepEvents, long cooldownMs) {
        return new AlertRules(forMs, forEvents, keepMs, keepEvents, cooldownMs, 0, 0, true, true, 0);
    }

    private static Told play(AlertRules rules, String sequence) {
        Told told = new Told(rules).clear(-2 * STEP, -STEP, 0);
        long time = 0;
        for (char step : sequence.toCharArray()) {
            time += step == 't' ? TICK : STEP;
            switch (step) {
                case 'r' -> told.raise(time);
                case 'b' -> told.between(time);
                case 'c' -> told.clear(time);
                default -> told.tick(time);
            }
        }
        return told;
    }

    /** Calls for every sequence. */
    private static void each(Consumer<String> sequence) {
        for (int length = 1; length <= LONGEST; length++) {
            for (int code = 0; code < 1 << (2 * length); code++) {
                StringBuilder steps = new StringBuilder(length);
                for (int i = 0; i < length; i++) {
                    steps.append("rbct".charAt(code >> (2 * i) & 3));
                }
                sequence.accept(steps.toString());
            }
        }
    }

    @Test
    void shouldTellOfEachEpisodeOnceThatItFiresAndOnceThatItIsOver() {
        for (AlertRules rules : RULES) {
            each(sequence -> {
                Told told = play(rules, sequence);
                told.raise(1_000_000_000L).tick(2_000_000_000L);
                Map<String, List<Phase>> phases = new HashMap<>();
                for (Episode episode : told.said) {
                    phases.merge(episode.id(), List.of(episode.phase()), (a, b) -> {
                        assertTrue(!a.contains(Phase.RESOLVED), () -> sequence + ": told after the end: " + told.said);
                        return Stream.concat(a.stream(), b.stream()).toList();
                    });
                }
                phases.forEach((id, all) -> {
                    Supplier<String> what = () -> sequence + " with " + rules + ": " + id + " " + all;
                    assertEquals(Phase.FIRING, all.get(0), what);
                    if (!id.contains("silence")) {
                        assertEquals(Phase.RESOLVED, all.get(all.size() - 1), what);
                    }
                });
            });
        }
    }

    @Test
    void shouldNeverHaveTwoOpenNorFireInTheCooldown() {
        for (AlertRules rules : RULES) {
            each(sequence -> {
                String firing = null;
                long ended = Long.MIN_VALUE / 2;
                for (Episode episode : play(rules, sequence).said) {
                    if (episode.id().contains("silence")) {
                        continue;
                    }
                    Supplier<String> what = () -> sequence + " with " + rules + ": " + episode;
                    if (firing == null) {
                        assertEquals(Phase.FIRING, episode.phase(), what);
                        assertTrue(episode.last() - ended >= rules.cooldownMs(), what);
                        assertTrue(episode.events() >= rules.forEvents(), what);
                        assertTrue(episode.last() - episode.started() >= rules.forMs(), what);
                    } else {
                        assertEquals(firing, episode.id(), what);
                    }
                    firing = episode.phase() == Phase.RESOLVED ? null : episode.id();
                    ended = episode.phase() == Phase.RESOLVED ? episode.ended() : ended;
                }
            });
        }
    }

    /** Without cooldown and `for`, what an episode is can be written as a pattern. */
    @Test
    void shouldCutASequenceIntoTheEpisodesOfThePattern() {
        Pattern whole = Pattern.compile("r(?:b|r|cb*r)*(?:cb*c|(?:cb*)?t)");
        Pattern begun = Pattern.compile("r(?:b|r|cb*r)*(?:cb*)?$");
        AlertRules rules = RULES.get(1);
        each(sequence -> {
            Matcher matcher = whole.matcher(sequence);
            long over = 0;
            int from = 0;
            while (matcher.find()) {
                over++;
                from = matcher.end();
            }
            boolean open = begun.matcher(sequence.substring(from)).find();
            Told told = play(rules, sequence);
            assertEquals(
                    over,
                    told.phases().stream().filter(Phase.RESOLVED::equals).count(),
                    () -> sequence + ": " + told.said);
            assertEquals(open, told.now.firing() != null, () -> sequence + ": " + told.said);
        });
    }

    @Test
    void shouldSayTheSameWhenASequenceIsTakenUpAgainFromAnyPlace() {
        AlertRules rules = RULES.get(3);
        each(sequence -> {
            Told whole = play(rules, sequence);
            Told prefix = play(rules, sequence.substring(0, sequence.length() - 1));
            assertEquals(prefix.said, whole.said.subList(0, prefix.said.size()), sequence);
        });
    }
}
