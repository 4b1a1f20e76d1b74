package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.RecalledHeader;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.TaskSerdes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of the past on their way through the graph. */
final class RememberTest {
    private static final String[] PAST = {
        "credence.features", "km,lag(label,1),mean(km,2),count(1h)", "credence.series.key", "city"
    };
    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    /** An event as the oracle knows it. */
    private static final class Ride {
        final String id;
        final String city;
        final long second;
        final double km;
        double[] told = {};
        double fare = Double.NaN;

        Ride(String id, String city, long second, double km) {
            this.id = id;
            this.city = city;
            this.second = second;
            this.km = km;
        }
    }

    @Test
    void shouldTellQuestionsAndLabelsOfTheirSeriesWhenBothComeLateAndOutOfOrder() {
        try (Bench bench = new Bench(PAST)) {
            Random random = new Random(11);
            List<Ride> arrived = new ArrayList<>();
            List<Ride> waiting = new ArrayList<>();
            List<double[]> learned = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                long late = random.nextInt(4) == 0 ? random.nextInt(5000) : 0;
                Ride ride = new Ride("r" + i, "c" + random.nextInt(3), 10_000 + 400 * i - late, random.nextInt(50));
                ride.told = byHand(arrived, ride);
                arrived.add(ride);
                bench.sendAt(Rides.UNLABELLED, time(ride), ride(ride, null));
                waiting.add(ride);
                while (waiting.size() > random.nextInt(5)) {
                    Ride answered = waiting.remove(random.nextInt(waiting.size()));
                    answered.fare = random.nextInt(100);
                    learned.add(answered.told);
                    bench.sendAt(Rides.LABELLED, time(answered), ride(answered, answered.fare));
                }
            }
            bench.pass(1000);

            List<double[]> scored = bench.read(bench.topics.scored()).stream()
                    .map(record -> RecalledHeader.read(record.headers()))
                    .toList();
            assertEquals(arrived.size(), scored.size());
            for (int i = 0; i < scored.size(); i++) {
                assertArrayEquals(arrived.get(i).told, scored.get(i), 1e-9, "question " + i);
            }
            List<Example> examples = examples(bench);
            assertEquals(learned.size(), examples.size());
            for (int i = 0; i < learned.size(); i++) {
                assertArrayEquals(learned.get(i), told(examples.get(i)), 1e-9, "example " + i);
            }
        }
    }

    /** From the whole history: fare of the ride before, mean of the latest two lengths, rides within the hour. */
    private static double[] byHand(List<Ride> arrived, Ride now) {
        List<Ride> before = new ArrayList<>();
        for (Ride ride : arrived) {
            if (ride.city.equals(now.city) && ride.second <= now.second) {
                before.add(ride);
            }
        }
        before.sort((a, b) -> Long.compare(a.second, b.second));
        Ride last = before.isEmpty() ? null : before.get(before.size() - 1);
        long hour =
                before.stream().filter(ride -> ride.second > now.second - 3600).count();
        return new double[] {
            last == null ? Double.NaN : last.fare, last == null ? now.km : (last.km + now.km) / 2, 1 + hour
        };
    }

    private static Instant time(Ride ride) {
        return START.plusSeconds(ride.second);
    }

    private static GenericRecord ride(Ride ride, @Nullable Double fare) {
        return Rides.ride(ride.id, ride.city, ride.km, fare);
    }

    private static double[] told(Example example) {
        double[] columns = TrainingLog.observation(example).features().values();
        return new double[] {columns[1], columns[3], columns[5]};
    }

    static List<Example> examples(Bench bench) {
        try (TaskSerdes serdes = TaskSerdes.of(bench.rides.config().serde())) {
            CredenceSerde<TrainingRecord> log = serdes.own(TrainingRecord.class);
            return bench.read(bench.topics.training()).stream()
                    .map(record -> log.deserializer().deserialize(bench.topics.training(), record.value()))
                    .map(entry -> (Example) entry.getBody())
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 24, 400})
    void shouldKeepTheRecordAsItCameWhenItTakesTheHop(int spoofedBytes) {
        try (Bench bench = new Bench(PAST)) {
            GenericRecord ride = Rides.ride("a", "x", 3, null);
            byte[] spoofed = new byte[spoofedBytes];
            bench.send(
                    Rides.UNLABELLED,
                    Bench.utf8("key"),
                    bench.rides.bytes(Rides.UNLABELLED, ride),
                    new RecordHeader("mine", Bench.utf8("v")),
                    new RecordHeader(RecalledHeader.NAME, spoofed));
            bench.pass(1000);

            TestRecord<byte[], byte[]> scored =
                    bench.read(bench.topics.scored()).get(0);
            assertArrayEquals(Bench.utf8("key"), scored.key());
            assertEquals("v", Bench.header(scored, "mine"));
            assertEquals(START, scored.getRecordTime());
            assertArrayEquals(new double[] {Double.NaN, 3, 1}, RecalledHeader.read(scored.headers()));
        }
    }

    @Test
    void shouldTakeALabelForTheQuestionOfItsTimeWhenEventsHaveNoIdentity() {
        Rides rides = new Rides(PAST).without("credence.event.id");
        try (Bench bench = new Bench(rides)) {
            bench.sendAt(Rides.UNLABELLED, START, Rides.ride("a", "x", 1, null));
            bench.sendAt(Rides.UNLABELLED, START.plusSeconds(60), Rides.ride("b", "x", 2, null));
            bench.sendAt(Rides.LABELLED, START, Rides.ride("c", "x", 1, 7.0));
            bench.sendAt(Rides.UNLABELLED, START.plusSeconds(30), Rides.ride("d", "x", 3, null));
            bench.pass(1000);

            List<double[]> told = bench.read(bench.topics.scored()).stream()
                    .map(record -> RecalledHeader.read(record.headers()))
                    .toList();
            assertArrayEquals(new double[] {Double.NaN, 1.5, 2}, told.get(1));
            assertArrayEquals(new double[] {7, 2, 2}, told.get(2));
            assertArrayEquals(
                    new double[] {Double.NaN, 1, 1}, told(examples(bench).get(0)));
        }
    }

    @Test
    void shouldRefuseAnEventWhenItHasNoSeries() {
        try (Bench bench = new Bench(PAST)) {
            bench.send(Rides.UNLABELLED, Rides.ride("a", null, 3, null));

            TestRecord<byte[], byte[]> dead =
                    bench.read(bench.topics.deadLetters()).get(0);
            assertEquals("NULL_SERIES_KEY", Bench.header(dead, DeadLetter.REASON));
            assertEquals(Rides.UNLABELLED, Bench.header(dead, DeadLetter.TOPIC));
        }
    }

    @Test
    void shouldRememberWhenOneTopicCarriesBothKinds() {
        List<String> settings = new ArrayList<>(List.of(PAST));
        settings.addAll(List.of("credence.topic.unlabelled", Rides.LABELLED));
        try (Bench bench = new Bench(settings.toArray(String[]::new))) {
            bench.sendAt(Rides.LABELLED, START, Rides.ride("a", "x", 1, 5.0));
            bench.sendAt(Rides.LABELLED, START.plusSeconds(9), Rides.ride("b", "x", 2, null));
            bench.pass(1000);

            TestRecord<byte[], byte[]> scored =
                    bench.read(bench.topics.scored()).get(0);
            assertArrayEquals(new double[] {5, 1.5, 2}, RecalledHeader.read(scored.headers()));
        }
    }

    @Test
    void shouldTellQuestionsOfTheirFieldsWhenAServiceOnlyScores() {
        Rides rides = new Rides("credence.features", "km,delta(km)").without("credence.topic.labelled");
        try (Bench bench = new Bench(rides)) {
            bench.sendAt(Rides.UNLABELLED, START, Rides.ride("a", null, 1, null));
            bench.sendAt(Rides.UNLABELLED, START.plusSeconds(9), Rides.ride("b", null, 4, null));
            bench.pass(1000);

            assertArrayEquals(
                    new double[] {3},
                    RecalledHeader.read(bench.read(bench.topics.scored()).get(1).headers()));
        }
        ConfigException e =
                assertThrows(ConfigException.class, () -> rides.config("credence.features", "km,lag(label,1)"));
        assertTrue(e.getMessage().contains("asks for the past of the label"), e.getMessage());
    }

    @Test
    void shouldHaveNoHopWhenNoFeatureAsksForThePast() {
        assertNull(new Rides().config().topics().series());
        assertEquals("test-series", new Rides(PAST).config().topics().series());
        assertNotNull(CredenceTopology.build(new Rides(PAST).config()));
    }

    @ParameterizedTest
    @ValueSource(strings = {Rides.LABELLED, Rides.UNLABELLED})
    void shouldLetQuestionsWaitForTheLabelsBeforeThemWhenOnePartitionHoldsAllSeries(String questions) {
        List<String> settings = new ArrayList<>(List.of(PAST));
        settings.addAll(List.of("credence.topic.unlabelled", questions, "credence.warmup.policy", "wait"));
        Rides rides = new Rides(settings.toArray(String[]::new));
        Topology topology = new Topology();
        SourceOffsets last = SourceOffsets.NONE.with(new Origin(Rides.LABELLED, 0, 19));
        CredenceTopology.addTo(topology, rides.config(), new InputReads(LabelEnds.at(last)));
        try (Bench bench = new Bench(rides, topology)) {
            for (int i = 0; i < 20; i++) {
                bench.sendAt(Rides.LABELLED, START.plusSeconds(i), Rides.ride("l" + i, "x", i % 5, 2.0 * (i % 5)));
            }
            bench.sendAt(questions, START.plusSeconds(60), Rides.ride("q", "x", 3, null));
            assertEquals(List.of(), bench.scored(), "nothing is published yet");
            bench.pass(1100);
            bench.pass(1100);

            GenericRecord scored = bench.scored().get(0);
            assertEquals(20L, Bench.prediction(scored).get("eventsSeen"));
            assertEquals(false, Bench.prediction(scored).get("warmingUp"));
        }
    }

    @Test
    void shouldRefuseToLetEventsWaitWhenSeveralPartitionsHoldTheSeries() {
        Rides rides = new Rides(PAST);
        CredenceConfig waiting = rides.config("credence.warmup.policy", "wait");
        assertEquals("test-series", waiting.topics().series());

        Rides wide = new Rides("credence.features", "km,lag(label,1)", "credence.topics.partitions", "3");
        ConfigException e = assertThrows(ConfigException.class, () -> wide.config("credence.warmup.policy", "wait"));
        assertTrue(e.getMessage().contains("must be flag where credence.features asks for the past"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credence.features|mean(fare,24)|must not name the label's field",
                "credence.topic.series|fares|must differ from credence.topic.labelled"
            })
    void shouldSayWhatFeaturesOfThePastNeed(String key, String value, String message) {
        Rides rides = new Rides(PAST);
        ConfigException e = assertThrows(ConfigException.class, () -> rides.config(key, value));

        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
