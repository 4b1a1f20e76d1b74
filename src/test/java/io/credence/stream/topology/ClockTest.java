package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.prediction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.wire.CredenceSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that jump: the machine's ahead (the test driver cannot set it back: {@link ScoringRestartTest}), and that of the events. */
class ClockTest {
    private static final long YEARS = Duration.ofDays(3_650).toMillis();
    private static final Instant TODAY = Instant.parse("2024-05-01T00:00:00Z");
    private static final Instant CENTURY_AHEAD = Instant.parse("2124-05-01T00:00:00Z");
    private static final String[] AGED = {"credence.max.model.age.ms", "5000", "credence.score.linger.ms", "0"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldScoreEachEventOnceAndInOrderWhenTheWallClockJumpsAhead(long seed) {
        Random random = new Random(seed);
        List<String> sent = new ArrayList<>();
        try (Bench bench = new Bench("credence.score.batch.size", "4", "credence.score.linger.ms", "20")) {
            for (int i = 0; i < 60; i++) {
                sent.add("e" + i);
                bench.score("e" + i, i);
                bench.pass(random.nextLong(random.nextBoolean() ? 30 : YEARS));
            }
            bench.pass(20);
            assertEquals(sent, bench.scoredIds());
            assertEquals(0, bench.read(bench.topics.deadLetters()).size());
        }
    }

    @Test
    void shouldPublishOnceWhenTheWallClockJumpsAhead() {
        try (Bench bench = new Bench()) {
            bench.train(12);
            bench.pass(YEARS);
            assertEquals(1, bench.read(bench.topics.posteriors()).size());
            assertEquals(1, bench.read(bench.topics.metrics()).size());
            bench.train(1);
            bench.pass(999);
            bench.pass(1);
            assertEquals(1, bench.read(bench.topics.posteriors()).size(), "and at its interval from then on");
        }
    }

    @Test
    void shouldCallAModelOldWhenTheWallClockJumpsAheadAndFreshOnceItIsPublishedAgain() {
        try (Bench bench = new Bench(AGED)) {
            bench.train(3);
            bench.pass(1_000);
            bench.pass(YEARS);
            assertEquals(true, tooOld(bench));
            bench.train(1);
            bench.pass(1_000);
            assertEquals(false, tooOld(bench));
        }
    }

    @Test
    void shouldLearnAndScoreEveryEventWhenEventTimesJump() {
        Instant[] times = {
            TODAY, CENTURY_AHEAD, Instant.EPOCH, TODAY.minusMillis(1), Instant.ofEpochMilli(Long.MAX_VALUE), TODAY
        };
        int events = 60;
        try (Bench bench =
                new Bench("credence.batch.size", "5", "credence.batch.linger.ms", "1000", "credence.drift", "true")) {
            for (int i = 0; i < events; i++) {
                Instant time = times[i % times.length];
                bench.sendAt(Rides.LABELLED, time, Rides.ride("t" + i, null, i % 7, 2.0 * (i % 7)));
                bench.sendAt(Rides.UNLABELLED, time, Rides.ride("e" + i, null, i % 7, null));
            }
            bench.pass(1_000);
            List<TestRecord<byte[], byte[]>> scored = bench.read(bench.topics.scored());
            assertEquals(events, scored.size());
            for (int i = 0; i < events; i++) {
                assertEquals(times[i % times.length], scored.get(i).getRecordTime(), "kept as it came");
                GenericRecord prediction =
                        prediction(bench.rides.read(scored.get(i).value()));
                assertTrue(Double.isFinite((double) prediction.get("mean")), prediction.toString());
                assertTrue(Double.isFinite((double) prediction.get("variance")), prediction.toString());
            }
            assertTrue(learned(bench) > events - 5, "all but an open minibatch");
            assertEquals(0, bench.read(bench.topics.deadLetters()).size());
        }
    }

    @Test
    void shouldCloseAMinibatchWhenItIsFullAlthoughItsFirstEventIsFarAhead() {
        try (Bench bench = new Bench("credence.batch.size", "5", "credence.batch.linger.ms", "1000")) {
            bench.sendAt(Rides.LABELLED, CENTURY_AHEAD, Rides.ride("ahead", null, 1, 2.0));
            for (int i = 0; i < 4; i++) {
                bench.sendAt(Rides.LABELLED, TODAY.plusSeconds(10 * i), Rides.ride("t" + i, null, 1, 2.0));
            }
            bench.pass(1_000);
            assertEquals(5, learned(bench));
            bench.sendAt(Rides.LABELLED, TODAY, Rides.ride("next", null, 1, 2.0));
            bench.sendAt(Rides.LABELLED, TODAY.plusSeconds(10), Rides.ride("lingers", null, 1, 2.0));
            bench.pass(1_000);
            assertEquals(6, learned(bench), "the linger counts again from the next minibatch on");
        }
    }

    private static long learned(Bench bench) {
        try (var serde =
                CredenceSerde.of(TrainingMetrics.class, bench.rides.config().serde())) {
            var metrics = bench.read(bench.topics.metrics());
            return serde.deserializer()
                    .deserialize("m", metrics.get(metrics.size() - 1).value())
                    .getEventsSeen();
        }
    }

    private static Object tooOld(Bench bench) {
        bench.score("e", 1);
        return prediction(bench.scored().get(0)).get("modelTooOld");
    }
}
