package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.PrequentialSums;
import io.credence.bayes.inference.Reservoir;
import io.credence.fixture.LateCase;
import io.credence.stream.avro.Correction;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Labels that come a second time when the first one is learned, and count from then on, by a plain map. */
class LastLabelTest {
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();

    private final LateCase events = new LateCase(3_000, 7, START);
    private final Map<String, Double> last = new HashMap<>();

    @Test
    void shouldReplayAndMeasureTheLastLabelOfEachEvent() {
        try (Bench bench = new Bench(LateRides.rides(
                "credence.labels.second", "last",
                "credence.drift", "false",
                "credence.replay.capacity", "200",
                "credence.label.settle.ms", Long.toString(LateCase.SETTLE),
                "credence.labels.wait.ms", Long.toString(LateCase.WAIT)))) {
            TrainingMetrics first = first(bench);
            events.sent.addAll(events.end());
            int n = 0;
            for (LateCase.Sent sent : events.sent) {
                send(bench, sent);
                if (++n % 50 == 0) {
                    bench.pass(1_000);
                }
            }
            last.remove("end3");
            verify(bench, first, bench.read(bench.topics.training()));
            assertEquals(events.corrected + events.second, ActivityTest.counted(bench, Activity.CORRECTED));
            assertEquals(last.size(), ActivityTest.counted(bench, Activity.LEARNED));
            assertEquals(0, ActivityTest.counted(bench, Activity.SECOND));
        }
    }

    /** Something is learned first, so that all that follows is predicted by a model. */
    private TrainingMetrics first(Bench bench) {
        long before = START - 500 * LateCase.HOUR;
        send(bench, new LateCase.Sent(before, "w0", 1, null));
        send(bench, new LateCase.Sent(before, "w0", 1, 2.0));
        send(bench, new LateCase.Sent(before + 2 * LateCase.SETTLE, "w1", 1, 2.0));
        bench.pass(1_000);
        send(bench, new LateCase.Sent(before + 2 * LateCase.SETTLE, "w1", 1, null));
        try (var serde =
                CredenceSerde.of(TrainingMetrics.class, bench.rides.config().serde())) {
            byte[] value = bench.read(bench.topics.metrics()).get(0).value();
            return serde.deserializer().deserialize("any", value);
        }
    }

    @Test
    void shouldNotCorrectWhenTheLabelComesAgainAsItWas() {
        try (Bench bench = new Bench(LateRides.rides("credence.labels.second", "last"))) {
            send(bench, new LateCase.Sent(START, "a", 1, null));
            send(bench, new LateCase.Sent(START, "a", 1, 2.0));
            send(bench, new LateCase.Sent(START, "a", 1, 2.0));
            assertEquals(1, bench.read(bench.topics.training()).size());
            assertEquals(1, ActivityTest.counted(bench, Activity.SECOND));
        }
    }

    @Test
    void shouldNotNameTheCorrectionsRecordWhenItEndsTheMinibatch() {
        try (Bench bench = new Bench(LateRides.rides("credence.labels.second", "last", "credence.batch.size", "2"))) {
            for (int i = 0; i < 400; i++) {
                send(bench, new LateCase.Sent(START + i, "e" + i, i % 7, null));
                send(bench, new LateCase.Sent(START + i, "e" + i, i % 7, 3.0 + 2 * (i % 7)));
            }
            bench.read(bench.topics.notices());
            send(bench, new LateCase.Sent(START + 400, "odd", 3, null));
            send(bench, new LateCase.Sent(START + 400, "odd", 3, 5_000.0));
            send(bench, new LateCase.Sent(START + 401, "odd", 3, 5_001.0));
            assertEquals(List.of("odd at -1"), AlertTest.learned(bench));
        }
    }

    private void send(Bench bench, LateCase.Sent sent) {
        Instant time = Instant.ofEpochMilli(sent.time());
        if (sent.label() == null) {
            bench.sendAt(Rides.UNLABELLED, time, Rides.ride(sent.id(), null, sent.km(), null));
        } else {
            byte[] value = bench.rides.bytes(LateRides.LABELS, LateRides.fare(sent.id(), sent.label()));
            bench.sendBytes(LateRides.LABELS, time, value);
            last.put(sent.id(), sent.label());
        }
    }

    private void verify(Bench bench, TrainingMetrics first, List<TestRecord<byte[], byte[]>> log) {
        Map<String, Double> labels = new HashMap<>();
        Set<String> asked = new HashSet<>();
        int corrections = 0;
        OnlineLearner folded;
        try (var serde = CredenceSerde.of(
                        TrainingRecord.class, bench.rides.config().serde());
                LogFold fold = new LogFold(bench.rides.config())) {
            for (int i = 0; i < log.size(); i++) {
                byte[] value = log.get(i).value();
                Object body = serde.deserializer().deserialize("any", value).getBody();
                if (body instanceof Correction correction) {
                    corrections++;
                    assertEquals(labels.get(correction.getExample().getEventId()), correction.getReplaced());
                }
                Example example = body instanceof Correction correction ? correction.getExample() : (Example) body;
                labels.put(example.getEventId(), example.getLabel());
                if (example.getPrior() != null) {
                    asked.add(example.getEventId());
                }
                fold.fold(new Record<>(log.get(i).key(), value, START), new Origin("training", 0, i));
            }
            assertEquals(last.size(), fold.examples());
            assertEquals(0, fold.refused());
            folded = fold.models().get("");
        }
        assertEquals(events.second, corrections);
        assertEquals(last, labels);
        for (Reservoir.Slot slot : folded.reservoir().slots()) {
            assertEquals(last.get(slot.event().eventId()), slot.event().label());
        }
        measure(bench, first, folded.prequential(), asked);
    }

    /** Errors of what was on the scored topic, by the last labels; the first event was measured as it was learned. */
    private void measure(Bench bench, TrainingMetrics first, PrequentialSums sums, Set<String> asked) {
        Map<String, GenericRecord> said = new HashMap<>();
        bench.scored().forEach(scored -> said.putIfAbsent(scored.get("id").toString(), Bench.prediction(scored)));
        assertEquals(last.size() - 1, asked.size());
        double squared = first.getSumSquaredError();
        double absolute = first.getSumAbsoluteError();
        long covered = first.getCovered();
        for (String id : asked) {
            GenericRecord then = said.get(id);
            double error = last.get(id) - (double) then.get("mean");
            squared += error * error;
            absolute += Math.abs(error);
            boolean in = (double) then.get("lower") <= last.get(id) && last.get(id) <= (double) then.get("upper");
            covered += in ? 1 : 0;
        }
        assertEquals(last.size(), sums.n());
        assertEquals(squared, sums.squaredError(), 1e-9 * squared);
        assertEquals(absolute, sums.absoluteError(), 1e-9 * absolute);
        assertEquals(covered, sums.covered());
    }
}
