package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.LateCase;
import io.credence.stream.avro.Example;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.junit.jupiter.api.Test;

/** Each event once, however often its producer sends it. */
class DeduplicateTest {
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    @Test
    void shouldScoreAndLearnARepeatedEventOnce() {
        try (Bench bench = bench()) {
            for (int i = 0; i < 3; i++) {
                bench.sendAt(Rides.UNLABELLED, START.plusSeconds(i), Rides.ride("a", null, 3, null));
                bench.sendAt(Rides.LABELLED, START.plusSeconds(i), Rides.ride("a", null, 3, 6.0));
            }
            assertEquals(List.of("a"), bench.scoredIds());
            assertEquals(
                    List.of("a"),
                    DelayedLabelsTest.learned(bench).stream()
                            .map(Example::getEventId)
                            .toList());
            assertEquals(4, ActivityTest.counted(bench, Activity.REPEATED));
        }
    }

    @Test
    void shouldTellALabelFromItsQuestionWhenTheyShareATopic() {
        try (Bench bench = bench("credence.topic.unlabelled", Rides.LABELLED)) {
            bench.sendAt(Rides.LABELLED, START, Rides.ride("a", null, 3, null));
            bench.sendAt(Rides.LABELLED, START, Rides.ride("a", null, 3, 6.0));
            bench.sendAt(Rides.LABELLED, START, Rides.ride("a", null, 3, null));
            assertEquals(List.of("a"), bench.scoredIds());
            assertEquals(1, DelayedLabelsTest.learned(bench).size());
            assertEquals(1, ActivityTest.counted(bench, Activity.REPEATED));
        }
    }

    @Test
    void shouldTakeAnEventAgainWhenTheTimeIsOver() {
        try (Bench bench = bench()) {
            for (int minute : new int[] {0, 30, 61, 62, 63}) {
                String id = minute == 61 || minute == 62 ? "other" + minute : "a";
                bench.sendAt(Rides.UNLABELLED, START.plusSeconds(60L * minute), Rides.ride(id, null, 3, null));
            }
            assertEquals(List.of("a", "other61", "other62", "a"), bench.scoredIds());
        }
    }

    /** Two producers of which one is ten hours behind: each sends its event again in its next turn. */
    @Test
    void shouldFindRepeatsWhenSourcesLieFurtherApartThanTheTime() {
        try (Bench bench = bench()) {
            for (int turn = 0; turn < 30; turn++) {
                for (String source : List.of("late", "early")) {
                    Instant time = START.plusSeconds(60L * turn + (source.equals("late") ? 0 : 36_000));
                    bench.sendAt(Rides.UNLABELLED, time, Rides.ride(source + turn, null, 3, null));
                    if (turn > 0) {
                        bench.sendAt(Rides.UNLABELLED, time, Rides.ride(source + (turn - 1), null, 3, null));
                    }
                }
            }
            assertEquals(60, bench.scoredIds().size());
            assertEquals(58, ActivityTest.counted(bench, Activity.REPEATED));
        }
    }

    @Test
    void shouldTakeAnEventAgainWhenItIsTheFirstAfterAGap() {
        try (Bench bench = bench()) {
            bench.sendAt(Rides.UNLABELLED, START, Rides.ride("a", null, 3, null));
            bench.sendAt(Rides.UNLABELLED, START.plusSeconds(36_000), Rides.ride("a", null, 3, null));
            assertEquals(List.of("a", "a"), bench.scoredIds());
        }
    }

    @Test
    void shouldKeepEverythingOfARecordOnItsWay() {
        try (Bench bench = bench()) {
            byte[] value = bench.rides.bytes(Rides.UNLABELLED, Rides.ride("a", null, 3, null));
            bench.send(Rides.UNLABELLED, Bench.utf8("k"), value, new RecordHeader("trace", Bench.utf8("t")));
            bench.send(Rides.UNLABELLED, Bench.utf8("bad"), Bench.utf8("no Avro"));
            Example learned = learn(bench);
            var scored = bench.read(bench.topics.scored()).get(0);
            assertArrayEquals(Bench.utf8("k"), scored.key());
            assertEquals(1, scored.headers().toArray().length);
            assertEquals("t", Bench.header(scored, "trace"));
            assertEquals(Rides.LABELLED, learned.getSource().getTopic());
            assertEquals(0, learned.getSource().getOffset());
            var letter = bench.read(bench.topics.deadLetters()).get(0);
            assertEquals(Rides.UNLABELLED, Bench.header(letter, DeadLetter.TOPIC));
            assertEquals("1", Bench.header(letter, DeadLetter.OFFSET));
        }
    }

    @Test
    void shouldLetThroughWhatAPlainSetWouldWhenManyAreRepeated() {
        LateCase events = new LateCase(1_000, 5, START.toEpochMilli());
        try (Bench bench = new Bench(LateRides.rides(
                "credence.deduplicate.ms", Long.toString(LateCase.HOUR),
                "credence.label.settle.ms", Long.toString(LateCase.SETTLE),
                "credence.labels.wait.ms", Long.toString(LateCase.WAIT)))) {
            List<String> once = new ArrayList<>();
            events.sent.addAll(events.end());
            for (LateCase.Sent sent : events.sent) {
                Instant time = Instant.ofEpochMilli(sent.time());
                if (sent.label() != null) {
                    byte[] value = bench.rides.bytes(LateRides.LABELS, LateRides.fare(sent.id(), sent.label()));
                    bench.sendBytes(LateRides.LABELS, time, value);
                    continue;
                }
                bench.sendAt(Rides.UNLABELLED, time, Rides.ride(sent.id(), null, sent.km(), null));
                if (!once.contains(sent.id())) {
                    once.add(sent.id());
                }
            }
            assertEquals(once, bench.scoredIds());
            assertEquals(events.repeated, ActivityTest.counted(bench, Activity.REPEATED));
            assertEquals(events.learned.size(), DelayedLabelsTest.learned(bench).size());
        }
    }

    @Test
    void shouldLeaveTheGraphAsItIsWhenNobodyLooksForRepeats() {
        String plain = CredenceTopology.build(new Rides().config()).describe().toString();
        assertEquals(
                plain,
                CredenceTopology.build(new Rides("credence.deduplicate.ms", "0").config())
                        .describe()
                        .toString());
        assertFalse(plain.contains("events"), plain);
    }

    @Test
    void shouldHangEveryStoreOnATopicOfOursWhenRepeatsAreLookedFor() {
        var graph = CredenceTopology.build(new Rides("credence.deduplicate.ms", "1000").config())
                .describe();
        Set<String> withTheStore = graph.subtopologies().stream()
                .map(s -> s.nodes().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new)))
                .filter(nodes -> nodes.contains("deduplicate"))
                .findFirst()
                .orElseThrow();
        assertTrue(withTheStore.containsAll(Set.of("events", "read-labelled", "read-unlabelled", "score")));
        assertFalse(withTheStore.contains("unlabelled") || withTheStore.contains("labelled"), withTheStore::toString);
    }

    private static Example learn(Bench bench) {
        bench.sendAt(Rides.LABELLED, START, Rides.ride("b", null, 3, 6.0));
        return DelayedLabelsTest.learned(bench).get(0);
    }

    private static Bench bench(String... more) {
        String[] overrides = new String[more.length + 4];
        System.arraycopy(more, 0, overrides, 4, more.length);
        overrides[0] = "credence.deduplicate.ms";
        overrides[1] = Long.toString(LateCase.HOUR);
        overrides[2] = "credence.score.linger.ms";
        overrides[3] = "0";
        return new Bench(new Rides(overrides));
    }
}
