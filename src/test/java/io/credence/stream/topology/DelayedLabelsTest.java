package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.wire.CredenceSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Labels that come after their event or before it, from the input topics to the training log. */
class DelayedLabelsTest {
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    private Instant now = START;

    @Test
    void shouldLearnAnEventOnceItsLabelHasCome() {
        try (Bench bench = bench()) {
            event(bench, "a", 3);
            assertEquals(List.of(), learned(bench));
            label(bench, "a", 6.5);
            Example example = learned(bench).get(0);
            assertEquals("a", example.getEventId());
            assertEquals(List.of(3.0), example.getFeatures());
            assertEquals(6.5, example.getLabel());
            assertEquals(START.plusSeconds(1), example.getTimestamp());
            assertEquals(LateRides.LABELS, example.getSource().getTopic());
            assertNull(example.getPrior(), "a model that had learned nothing has predicted nothing");
        }
    }

    @Test
    void shouldTellWhatWasPredictedWhenTheModelHasMovedSince() {
        try (Bench bench = bench()) {
            event(bench, "a", 3);
            label(bench, "a", 6);
            bench.pass(1_000);
            event(bench, "b", 3);
            GenericRecord said = Bench.prediction(bench.scored().get(1));
            for (int i = 0; i < 20; i++) {
                event(bench, "c" + i, i % 5);
                label(bench, "c" + i, 2 * (i % 5));
            }
            bench.pass(1_000);
            label(bench, "b", 6);
            Example example = learned(bench).get(21);
            assertEquals("b", example.getEventId());
            assertNotNull(example.getPrior());
            assertEquals(said.get("mean"), example.getPrior().getMean());
            assertEquals(said.get("modelStep"), example.getPrior().getModelStep());
            assertEquals(said.get("lower"), example.getPrior().getLower().get(0));
            assertEquals(said.get("upper"), example.getPrior().getUpper().get(0));
            assertTrue(example.getPrior().getPit() > 0 && example.getPrior().getPit() < 1);
        }
    }

    @Test
    void shouldLearnAnEventWhoseLabelCameBeforeIt() {
        try (Bench bench = bench()) {
            label(bench, "a", 6);
            assertEquals(List.of(), learned(bench));
            event(bench, "a", 3);
            assertEquals(6, learned(bench).get(0).getLabel());
        }
    }

    @Test
    void shouldKeepTheFirstLabelWhenTwoCome() {
        try (Bench bench = bench()) {
            event(bench, "a", 3);
            label(bench, "a", 6);
            label(bench, "a", 7);
            assertEquals(1, learned(bench).size());
            assertEquals(1, ActivityTest.counted(bench, Activity.SECOND));
            assertEquals(List.of(), bench.read(bench.topics.deadLetters()));
        }
    }

    @Test
    void shouldSetASecondLabelAsideWhenThatIsThePolicy() {
        try (Bench bench = bench("credence.labels.second", "reject")) {
            event(bench, "a", 3);
            label(bench, "a", 6);
            label(bench, "a", 7);
            assertEquals(1, learned(bench).size());
            var letter = bench.read(bench.topics.deadLetters()).get(0);
            assertEquals("SECOND_LABEL", Bench.header(letter, DeadLetter.REASON));
            assertEquals(LateRides.LABELS, Bench.header(letter, DeadLetter.TOPIC));
            assertEquals("1", Bench.header(letter, DeadLetter.OFFSET));
            assertEquals(7.0, bench.rides.read(letter.value()).get("paid"));
        }
    }

    @Test
    void shouldLearnTheCorrectedLabelWhenItComesInTime() {
        try (Bench bench = bench("credence.label.settle.ms", "60000")) {
            event(bench, "a", 3);
            label(bench, "a", 6);
            label(bench, "a", 7);
            assertEquals(List.of(), learned(bench));
            now = now.plusSeconds(60);
            label(bench, "other", 1);
            assertEquals(7, learned(bench).get(0).getLabel());
            assertEquals(1, ActivityTest.counted(bench, Activity.CORRECTED));
        }
    }

    @Test
    void shouldNotSettleWhenALabelComesThatIsEarlier() {
        try (Bench bench = bench("credence.label.settle.ms", "60000")) {
            event(bench, "a", 3);
            event(bench, "b", 4);
            now = now.plusSeconds(300);
            label(bench, "a", 6);
            now = now.minusSeconds(300);
            label(bench, "b", 8);
            assertEquals(List.of(), learned(bench), "a label from before says nothing of the time since");
            now = now.plusSeconds(290);
            label(bench, "a", 7);
            assertEquals(List.of("b"), ids(learned(bench)));
            now = now.plusSeconds(80);
            label(bench, "other", 1);
            Example a = learned(bench).get(0);
            assertEquals("a", a.getEventId());
            assertEquals(7, a.getLabel());
            assertEquals(1, ActivityTest.counted(bench, Activity.CORRECTED));
        }
    }

    @Test
    void shouldSettleOthersWhenALabelLiesInTheFarFuture() {
        try (Bench bench = bench("credence.label.settle.ms", "60000")) {
            event(bench, "a", 3);
            event(bench, "b", 4);
            now = now.plusSeconds(9_000_000);
            label(bench, "a", 6);
            now = now.minusSeconds(9_000_000);
            label(bench, "b", 8);
            now = now.plusSeconds(60);
            label(bench, "other", 1);
            assertEquals(List.of("b"), ids(learned(bench)));
        }
    }

    private static List<String> ids(List<Example> learned) {
        return learned.stream().map(Example::getEventId).toList();
    }

    /** Two sources of which one is twenty times the wait behind. */
    @Test
    void shouldMatchEachLabelWhenSourcesLieFurtherApartThanTheWait() {
        try (Bench bench = bench("credence.labels.wait.ms", "3600000")) {
            for (int turn = 0; turn < 40; turn++) {
                for (String source : List.of("late", "early")) {
                    now = START.plusSeconds(60L * turn + (source.equals("late") ? 0 : 72_000));
                    event(bench, source + turn, 3);
                    event(bench, source + turn + "b", 3);
                    if (turn >= 30) {
                        label(bench, source + (turn - 30), 6);
                    }
                }
            }
            assertEquals(20, learned(bench).size());
            assertEquals(0, ActivityTest.counted(bench, Activity.EXPIRED));
            assertEquals(List.of(), bench.read(bench.topics.deadLetters()));
        }
    }

    @Test
    void shouldForgetAnEventWhoseLabelNeverComes() {
        try (Bench bench = bench("credence.labels.wait.ms", "3600000")) {
            event(bench, "a", 3);
            label(bench, "b", 3);
            now = now.plus(Duration.ofHours(2));
            event(bench, "c", 3);
            event(bench, "d", 3);
            assertEquals(0, ActivityTest.counted(bench, Activity.EXPIRED), "they may be of a source that is ahead");
            for (int i = 0; i < 4; i++) {
                now = now.plus(Duration.ofMinutes(25));
                event(bench, "e" + i, 3);
            }
            assertEquals(3, ActivityTest.counted(bench, Activity.EXPIRED), "a, and by now c and d");
            var letter = bench.read(bench.topics.deadLetters()).get(0);
            assertEquals("UNMATCHED_LABEL", Bench.header(letter, DeadLetter.REASON));
            assertEquals("b", bench.rides.read(letter.value()).get("ride").toString());
        }
    }

    @Test
    void shouldSetLabelsAsideThatCannotBeUsed() {
        try (Bench bench = bench()) {
            bench.send(LateRides.LABELS, null, bench.rides.bytes(LateRides.LABELS, LateRides.fare(null, 1.0)));
            bench.send(LateRides.LABELS, null, bench.rides.bytes(LateRides.LABELS, LateRides.fare("a", null)));
            bench.send(LateRides.LABELS, null, Bench.utf8("no Avro"));
            assertEquals(
                    List.of("MISSING_EVENT_ID", "MISSING_LABEL", "BAD_MAGIC"),
                    bench.read(bench.topics.deadLetters()).stream()
                            .map(letter -> Bench.header(letter, DeadLetter.REASON))
                            .toList());
        }
    }

    private static Bench bench(String... overrides) {
        return new Bench(LateRides.rides(overrides));
    }

    private void event(Bench bench, String id, double km) {
        now = now.plusSeconds(1);
        bench.sendAt(Rides.UNLABELLED, now, Rides.ride(id, null, km, null));
    }

    private void label(Bench bench, String ride, double paid) {
        now = now.plusSeconds(1);
        bench.sendBytes(LateRides.LABELS, now, bench.rides.bytes(LateRides.LABELS, LateRides.fare(ride, paid)));
    }

    static List<Example> learned(Bench bench) {
        try (var serde =
                CredenceSerde.of(TrainingRecord.class, bench.rides.config().serde())) {
            return bench.read(bench.topics.training()).stream()
                    .map(record -> (Example) serde.deserializer()
                            .deserialize("any", record.value())
                            .getBody())
                    .toList();
        }
    }
}
