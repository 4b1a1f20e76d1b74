package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.LateCase;
import io.credence.fixture.PastRides;
import io.credence.stream.avro.Correction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of the past where labels come later, with nothing but the id of their event. */
class LatePastTest {
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");
    private static final String PAST = "km,lag(label,1),lag(label,1,arrived)";

    private final Random random = new Random(5);

    /** Labels up to 48 hours late, some early, corrected, twice or never, and every fifth event out of order. */
    @ParameterizedTest
    @ValueSource(strings = {"first", "last"})
    void shouldTellEveryEventWhatItsSeriesKnewWhenItCame(String second) {
        LateCase events = new LateCase(2_000, 7, START.toEpochMilli());
        PastRides hand = new PastRides(LateCase.SETTLE, second.equals("last"));
        try (Bench bench = bench(
                "credence.features",
                PastRides.FEATURES,
                "credence.labels.second",
                second,
                "credence.label.delay.events",
                "1000",
                "credence.label.settle.ms",
                Long.toString(LateCase.SETTLE),
                "credence.labels.wait.ms",
                Long.toString(LateCase.WAIT))) {
            events.sent.addAll(events.end());
            Map<String, Long> times = new HashMap<>();
            int n = 0;
            for (LateCase.Sent sent : events.sent) {
                if (sent.label() == null) {
                    long late = random.nextInt(5) == 0 ? random.nextInt(90) * 60_000 : 0;
                    long time = times.computeIfAbsent(sent.id(), any -> sent.time() - late);
                    hand.came(city(sent.id()), sent.id(), time, sent.km());
                    event(bench, sent.id(), city(sent.id()), time, sent.km());
                } else {
                    hand.label(sent.id(), sent.time(), sent.label());
                    label(bench, sent.id(), sent.time(), sent.label());
                }
                if (++n % 50 == 0) {
                    bench.pass(1_000);
                }
            }
            verify(bench, hand, events, second.equals("last") ? events.last() : events.learned);
        }
    }

    private static void verify(Bench bench, PastRides hand, LateCase events, Map<String, Double> expected) {
        Map<String, TestRecord<byte[], byte[]>> scored = new HashMap<>();
        int told = 0;
        for (TestRecord<byte[], byte[]> record : bench.read(bench.topics.scored())) {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            double[] past = RecalledHeader.read(record.headers());
            assertArrayEquals(hand.told(id), past, 1e-9, "event " + id);
            told += Double.isNaN(past[0]) ? 0 : 1;
            scored.putIfAbsent(id, record);
        }
        assertTrue(told > 20, "of few events the label of the one before has come: " + told);
        Map<String, Double> learned = new HashMap<>();
        int asked = 0;
        for (Object entry : entries(bench)) {
            Example example = entry instanceof Correction correction ? correction.getExample() : (Example) entry;
            learned.put(example.getEventId(), example.getLabel());
            TestRecord<byte[], byte[]> then = scored.get(example.getEventId());
            assertArrayEquals(RecalledHeader.read(then.headers()), past(example), "what was scored is learned");
            if (example.getPrior() != null) {
                asked++;
                GenericRecord said = Bench.prediction(bench.rides.read(then.value()));
                assertEquals(said.get("mean"), example.getPrior().getMean());
            }
        }
        expected.remove("end3");
        assertEquals(expected, learned);
        assertTrue(asked > 1_500, () -> "measured by what was predicted");
        assertEquals(0, ActivityTest.counted(bench, Activity.DEAD));
        assertEquals(events.repeated, ActivityTest.counted(bench, Activity.REPEATED));
    }

    @Test
    void shouldForgetALabelWhenItsEventIsForgotten() {
        try (Bench bench = bench("credence.features", PAST)) {
            for (int i = 0; i <= 67; i++) {
                event(bench, "e" + i, "x", at(i), 1);
            }
            label(bench, "e0", at(100), 5);
            label(bench, "e3", at(100), 7);
            event(bench, "f", "x", at(101), 1);
            assertArrayEquals(new double[] {Double.NaN, 7}, told(bench).get(68));
            assertEquals(2, entries(bench).size(), "both are learned");
        }
    }

    @Test
    void shouldTellLabelsOfBothTopicsWhenSomeComeWithTheirEvent() {
        Rides rides = LateRides.rides("credence.features", PAST, "credence.series.key", "city");
        try (Bench bench = new Bench(rides.with("credence.topic.labelled", Rides.LABELLED))) {
            event(bench, "a", "x", at(0), 1);
            label(bench, "a", at(9), 5);
            bench.sendAt(Rides.LABELLED, time(at(1)), Rides.ride("b", "x", 1, 7.0));
            event(bench, "c", "x", at(2), 1);
            label(bench, "c", at(9), 9);
            event(bench, "d", "x", at(3), 1);
            assertArrayEquals(new double[] {7, 7}, told(bench).get(1));
            List<Object> entries = entries(bench);
            assertArrayEquals(new double[] {5, 5}, past((Example) entries.get(1)));
            assertArrayEquals(new double[] {7, 7}, past((Example) entries.get(2)));
        }
    }

    @Test
    void shouldKnowTheLabelByTheEventsPlaceWhenTheEventHasNoId() {
        Rides rides = LateRides.rides("credence.features", PAST, "credence.event.id", "city");
        try (Bench bench = new Bench(rides)) {
            event(bench, "a", null, at(0), 1);
            event(bench, "b", null, at(0), 1);
            label(bench, new Origin(Rides.UNLABELLED, 0, 1).toString(), at(1), 5);
            event(bench, "c", null, at(2), 1);
            label(bench, new Origin(Rides.UNLABELLED, 0, 0).toString(), at(3), 6);
            event(bench, "d", null, at(1), 1);
            assertArrayEquals(new double[] {5, 5}, told(bench).get(2));
        }
    }

    @Test
    void shouldPredictAheadWhenLabelsWithinTheHorizonAreKnown() {
        try (Bench bench =
                bench("credence.horizon", "2", "credence.features", "km,lag(label,2),lag(label,1,arrived)")) {
            for (int i = 0; i < 3; i++) {
                event(bench, "e" + i, "x", at(i), 1);
                label(bench, "e" + i, at(i), i);
            }
            event(bench, "f", "x", at(3), 1);
            assertArrayEquals(new double[] {1, 1}, told(bench).get(3));
        }
    }

    @Test
    void shouldSendNoLabelToTheSeriesWhenNoFeatureAsks() {
        try (Bench bench = bench("credence.features", "km,mean(km,2)")) {
            event(bench, "a", "x", at(0), 1);
            label(bench, "a", at(1), 5);
            event(bench, "b", "x", at(1), 3);
            assertArrayEquals(new double[] {2}, told(bench).get(1));
            assertEquals(1, entries(bench).size());
            assertEquals(2, bench.read(bench.topics.series()).size());
        }
        assertFalse(SeriesEvents.takeLabels(LateRides.config("credence.features", "km,count(1h)")));
    }

    private static Bench bench(String... overrides) {
        String[] site = {"credence.series.key", "city"};
        return new Bench(
                LateRides.rides(Stream.of(site, overrides).flatMap(Stream::of).toArray(String[]::new)));
    }

    private static String city(String id) {
        return "c" + Math.floorMod(id.hashCode(), 3);
    }

    private static long at(int minute) {
        return START.toEpochMilli() + 60_000L * minute;
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static void event(Bench bench, String id, @Nullable String city, long time, double km) {
        bench.sendAt(Rides.UNLABELLED, time(time), Rides.ride(id, city, km, null));
    }

    private static void label(Bench bench, String id, long time, double paid) {
        byte[] value = bench.rides.bytes(LateRides.LABELS, LateRides.fare(id, paid));
        bench.sendBytes(LateRides.LABELS, time(time), value);
    }

    private static List<double[]> told(Bench bench) {
        return bench.read(bench.topics.scored()).stream()
                .map(record -> RecalledHeader.read(record.headers()))
                .toList();
    }

    /** The columns of the functions: behind each of them one tells whether it is missing. */
    private static double[] past(Example example) {
        double[] columns = TrainingLog.observation(example).features().values();
        return IntStream.range(0, columns.length / 2)
                .mapToDouble(i -> columns[1 + 2 * i])
                .toArray();
    }

    private static List<Object> entries(Bench bench) {
        List<Object> entries = new ArrayList<>();
        try (var log =
                CredenceSerde.of(TrainingRecord.class, bench.rides.config().serde())) {
            for (TestRecord<byte[], byte[]> record : bench.read(bench.topics.training())) {
                entries.add(
                        log.deserializer().deserialize("any", record.value()).getBody());
            }
        }
        return entries;
    }
}
