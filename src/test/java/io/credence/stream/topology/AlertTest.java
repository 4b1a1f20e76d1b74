package io.credence.stream.topology;

import static io.credence.stream.avro.EpisodeState.FIRING;
import static io.credence.stream.avro.EpisodeState.ONGOING;
import static io.credence.stream.avro.EpisodeState.RESOLVED;
import static io.credence.stream.topology.Bench.prediction;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.AlertPart;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.EpisodeState;
import io.credence.stream.avro.NoticeSource;
import io.credence.stream.avro.NoticedEvent;
import io.credence.stream.avro.NoticedRun;
import io.credence.stream.avro.NoticedTime;
import io.credence.stream.wire.CredenceSerde;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class AlertTest {
    @Test
    void shouldFlagAndAlertWhenTheDeviationIsAboveTheLimit() {
        try (Bench bench = new Bench("credence.alert.std", "0.000001", "credence.score.linger.ms", "0")) {
            bench.train(20);
            bench.pass(1_000);
            bench.send(Rides.UNLABELLED, Rides.ride("a", null, 1, null));
            GenericRecord made = prediction(bench.scored().get(0));
            assertEquals(true, made.get("uncertain"));
            TestRecord<byte[], byte[]> record =
                    bench.read(bench.topics.alerts()).get(0);
            assertArrayEquals(Bench.utf8(":1714521600000:a:0"), record.key());
            Alert alert = alert(bench, record);
            assertEquals("a", alert.getEventId());
            assertEquals(EpisodeState.FIRING, alert.getState());
            assertEquals(AlertReason.DEVIATION_ABOVE_LIMIT, alert.getReason());
            assertEquals(Math.sqrt((double) made.get("variance")), alert.getDeviation(), 1e-12);
            assertEquals(made.get("mean"), alert.getMean());
            assertEquals(made.get("modelStep"), alert.getModelStep());
            assertEquals(Rides.UNLABELLED, alert.getTopic());
        }
    }

    @Test
    void shouldStaySilentWhenTheModelIsWarmingUp() {
        try (Bench bench = new Bench("credence.alert.std", "0.000001", "credence.score.linger.ms", "0")) {
            bench.score("a", 1);
            assertEquals(false, prediction(bench.scored().get(0)).get("uncertain"));
            assertEquals(List.of(), bench.read(bench.topics.alerts()));
        }
    }

    @Test
    void shouldFlagFarOutInputsAndFewOthersWhenTheShareDecides() {
        try (Bench bench =
                new Bench("credence.score.linger.ms", "0", "credence.hidden", "16", "credence.samples", "32")) {
            bench.train(700);
            bench.pass(1_000);
            for (int i = 0; i < 300; i++) {
                bench.score("in" + i, i % 7);
            }
            assertTrue(bench.read(bench.topics.alerts()).size() <= 3, "in range");
            bench.read(bench.topics.scored());
            for (int i = 0; i < 20; i++) {
                bench.score("out" + i, 3 + 2.0 * (60 + i));
            }
            List<TestRecord<byte[], byte[]>> alerts = bench.read(bench.topics.alerts());
            assertEquals(
                    List.of(FIRING, ONGOING, ONGOING, ONGOING, ONGOING),
                    alerts.stream().map(r -> alert(bench, r).getState()).toList(),
                    "20 events are one episode, which has grown to 2, 4, 8 and 16");
            Alert last = alert(bench, alerts.get(4));
            assertEquals(AlertReason.UNCERTAIN, last.getReason());
            assertTrue(last.getOutOfRangeScore() > 10, "score " + last.getOutOfRangeScore());
            assertEquals(List.of("km"), last.getOutOfRangeFeatures());
            assertTrue(bench.scored().stream()
                    .allMatch(r -> (boolean) prediction(r).get("uncertain")
                            && (boolean) prediction(r).get("outOfRange")));
        }
    }

    @Test
    void shouldAlertWhenFeaturesAreOutOfRangeAndTheDeviationIsNot() {
        try (Bench bench = new Bench("credence.alert.std", "1000000", "credence.score.linger.ms", "0")) {
            bench.train(200);
            bench.pass(1_000);
            bench.score("out", 40);
            GenericRecord made = prediction(bench.scored().get(0));
            assertEquals(false, made.get("uncertain"));
            assertEquals(true, made.get("outOfRange"));
            Alert alert = alerts(bench).get(0);
            assertEquals(AlertReason.OUT_OF_RANGE, alert.getReason());
            assertEquals(List.of("km"), alert.getOutOfRangeFeatures());
        }
    }

    @Test
    void shouldSayWhatTheWorstEventOwesToItsFeatures() {
        try (Bench bench = new Bench("credence.alert.std", "1000000", "credence.score.linger.ms", "0")) {
            bench.train(200);
            bench.pass(1_000);
            bench.score("out", 40);

            Alert alert = alerts(bench).get(0);
            assertEquals("km", alert.getAttributions().get(0).getFeature());
            double parts = alert.getAttributions().stream()
                    .mapToDouble(AlertPart::getMean)
                    .sum();
            assertEquals(alert.getMean() - alert.getAverageMean(), parts, 1e-5 * Math.abs(alert.getMean()));
        }
    }

    @Test
    void shouldExplainTenEventsASecondWhenMoreRaise() {
        try (Bench bench = new Bench("credence.alert.std", "1000000", "credence.score.linger.ms", "0")) {
            bench.train(200);
            bench.pass(1_000);
            for (int i = 0; i < 15; i++) {
                bench.score("out" + i, 40 + i);
            }
            assertEquals(List.of(15L, 10L), explained(bench));
            bench.pass(1_000);
            bench.score("later", 60);
            assertEquals(List.of(1L, 1L), explained(bench));
        }
    }

    /** Events that raised, and how many of them are explained. */
    private static List<Long> explained(Bench bench) {
        try (var serde =
                CredenceSerde.of(AlertNotice.class, bench.rides.config().serde())) {
            List<NoticedEvent> told = bench.read(bench.topics.notices()).stream()
                    .map(r -> serde.deserializer().deserialize("any", r.value()).getBody())
                    .filter(NoticedEvent.class::isInstance)
                    .map(NoticedEvent.class::cast)
                    .toList();
            long explained =
                    told.stream().filter(e -> !e.getAttributions().isEmpty()).count();
            return List.of((long) told.size(), explained);
        }
    }

    @Test
    void shouldFireOnceAndBeOverOnceWhenUsualEventsFollow() {
        try (Bench bench = new Bench("credence.alert.std", "1000000", "credence.score.linger.ms", "0")) {
            bench.train(200);
            bench.pass(1_000);
            bench.score("out", 40);
            for (int i = 0; i < 10; i++) {
                bench.score("in" + i, i % 7);
            }
            bench.pass(1_000);
            bench.score("again", 40);

            List<Alert> alerts = alerts(bench);
            assertEquals(
                    List.of(FIRING, RESOLVED, FIRING),
                    alerts.stream().map(Alert::getState).toList());
            assertEquals(alerts.get(0).getEpisodeId(), alerts.get(1).getEpisodeId());
            assertEquals("out", alerts.get(1).getEventId());
        }
    }

    @Test
    void shouldEndByTheWallClockThroughARecordWhenNothingComes() {
        try (Bench bench = new Bench("credence.alert.std", "1000000", "credence.score.linger.ms", "0")) {
            bench.train(200);
            bench.pass(1_000);
            bench.score("out", 40);
            bench.pass(300_001);
            bench.pass(1_000);

            List<Alert> alerts = alerts(bench);
            assertEquals(
                    List.of(FIRING, RESOLVED),
                    alerts.stream().map(Alert::getState).toList());
            assertEquals(1, notices(bench, NoticedTime.class), "one tick is enough");
        }
    }

    @Test
    void shouldTellOfSilenceWhenAStreamStops() {
        try (Bench bench = new Bench("credence.alert.silence.ms", "60000", "credence.score.linger.ms", "0")) {
            bench.score("a", 1);
            bench.pass(59_000);
            assertEquals(List.of(), bench.read(bench.topics.alerts()));

            bench.pass(2_000);
            bench.pass(60_000);
            bench.score("b", 1);

            List<Alert> alerts = alerts(bench);
            assertEquals(
                    List.of(FIRING, RESOLVED),
                    alerts.stream().map(Alert::getState).toList());
            assertEquals(AlertReason.SILENCE, alerts.get(0).getReason());
        }
    }

    @Test
    void shouldTellOfUsualEventsInRunsWhenTheyComeFast() {
        try (Bench bench = new Bench("credence.score.linger.ms", "0")) {
            for (int i = 0; i < 1000; i++) {
                bench.score("in" + i, i % 7);
            }
            assertEquals(1, notices(bench, NoticedRun.class));
            bench.score("next", 1);
            bench.pass(1_000);
            assertEquals(1, notices(bench, NoticedRun.class));
            bench.pass(1_000);
            assertEquals(0, notices(bench, NoticedRun.class));
        }
    }

    /** The minibatch of the odd event ends with the next one, which is not of it. */
    @Test
    void shouldNotNameAnotherRecordWhenTheNextEventEndsTheMinibatch() {
        try (Bench bench = new Bench("credence.batch.size", "2", "credence.batch.linger.ms", "1000")) {
            bench.train(400);
            bench.read(bench.topics.notices());
            Instant time = Instant.parse("2024-05-02T00:00:00Z");
            bench.sendAt(Rides.LABELLED, time, Rides.ride("odd", null, 3, 5_000.0));
            bench.sendAt(Rides.LABELLED, time.plusSeconds(10), Rides.ride("next", null, 3, 9.0));
            assertEquals(List.of("odd at -1"), learned(bench));
        }
    }

    /** Events whose labels raised, and the offset that is told of each. */
    static List<String> learned(Bench bench) {
        try (var serde =
                CredenceSerde.of(AlertNotice.class, bench.rides.config().serde())) {
            return bench.read(bench.topics.notices()).stream()
                    .map(r -> serde.deserializer().deserialize("any", r.value()).getBody())
                    .filter(body -> body instanceof NoticedEvent e && e.getSource() == NoticeSource.LEARNING)
                    .map(body -> (NoticedEvent) body)
                    .map(e -> e.getEventId() + " at " + e.getOffset())
                    .toList();
        }
    }

    @Test
    void shouldSetAsideWhatIsNoNotice() {
        try (Bench bench = new Bench()) {
            bench.send(bench.topics.notices(), null, Bench.utf8("no Avro"));
            assertEquals(1, bench.read(bench.topics.deadLetters()).size());
        }
    }

    private static long notices(Bench bench, Class<?> kind) {
        try (var serde =
                CredenceSerde.of(AlertNotice.class, bench.rides.config().serde())) {
            return bench.read(bench.topics.notices()).stream()
                    .filter(r -> kind.isInstance(
                            serde.deserializer().deserialize("any", r.value()).getBody()))
                    .count();
        }
    }

    private static List<Alert> alerts(Bench bench) {
        return bench.read(bench.topics.alerts()).stream()
                .map(record -> alert(bench, record))
                .toList();
    }

    private static Alert alert(Bench bench, TestRecord<byte[], byte[]> record) {
        try (var serde = CredenceSerde.of(Alert.class, bench.rides.config().serde())) {
            return serde.deserializer().deserialize("any", record.value());
        }
    }
}
