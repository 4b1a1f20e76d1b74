package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.fixture.LateCase;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.Prior;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.wire.CredenceSerde;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Ten thousand events with late, missing, second, early, corrected and repeated labels, counted by a plain map. */
class LateCaseTest {
    private static final long START = Instant.parse("2024-05-01T00:00:00Z").toEpochMilli();

    private final LateCase events = new LateCase(10_000, 7, START);
    private final Bench bench = new Bench(LateRides.rides(
            "credence.label.settle.ms", Long.toString(LateCase.SETTLE),
            "credence.labels.wait.ms", Long.toString(LateCase.WAIT)));

    @Test
    void shouldLearnAndMeasureExactlyWhatAPlainMapSays() {
        // Something is learned first, so that all that follows is predicted by a model.
        long before = START - 500 * LateCase.HOUR;
        send(new LateCase.Sent(before, "w0", 1, null));
        send(new LateCase.Sent(before, "w0", 1, 2.0));
        send(new LateCase.Sent(before + 2 * LateCase.SETTLE, "w1", 1, 2.0));
        bench.pass(1_000);
        send(new LateCase.Sent(before + 2 * LateCase.SETTLE, "w1", 1, null));
        TrainingMetrics first = metrics().get(0);
        assertEquals(1, first.getN());
        events.learned.put("w0", 2.0);
        events.learned.put("w1", 2.0);

        int n = 0;
        events.sent.addAll(events.end());
        for (LateCase.Sent sent : events.sent) {
            send(sent);
            if (++n % 50 == 0) {
                bench.pass(1_000);
            }
        }
        bench.pass(1_000);

        List<Example> learned = DelayedLabelsTest.learned(bench);
        Map<String, Double> labels = new HashMap<>();
        learned.forEach(example -> labels.put(example.getEventId(), example.getLabel()));
        assertEquals(Set.of(), difference(events.learned, labels));
        assertEquals(events.learned.size(), learned.size(), "each once");
        assertEquals(events.second, ActivityTest.counted(bench, Activity.SECOND));
        assertEquals(events.corrected, ActivityTest.counted(bench, Activity.CORRECTED));
        assertEquals(events.repeated, ActivityTest.counted(bench, Activity.REPEATED));
        assertEquals(events.never.size(), ActivityTest.counted(bench, Activity.EXPIRED));
        assertEquals(0, ActivityTest.counted(bench, Activity.UNMATCHED));
        assertEquals(learned.size(), ActivityTest.counted(bench, Activity.LEARNED));
        measure(first, learned);
    }

    private static Set<Object> difference(Map<String, Double> one, Map<String, Double> other) {
        Set<Object> difference = new HashSet<>(one.entrySet());
        difference.addAll(other.entrySet());
        difference.removeIf(
                entry -> one.entrySet().contains(entry) && other.entrySet().contains(entry));
        return difference;
    }

    private void send(LateCase.Sent sent) {
        Instant time = Instant.ofEpochMilli(sent.time());
        if (sent.label() == null) {
            bench.sendAt(Rides.UNLABELLED, time, Rides.ride(sent.id(), null, sent.km(), null));
        } else {
            byte[] value = bench.rides.bytes(LateRides.LABELS, LateRides.fare(sent.id(), sent.label()));
            bench.sendBytes(LateRides.LABELS, time, value);
        }
    }

    /** Errors of what was on the scored topic, summed in the order of learning, are the last metrics record's. */
    private void measure(TrainingMetrics first, List<Example> learned) {
        Map<String, GenericRecord> said = new HashMap<>();
        bench.scored().forEach(scored -> said.putIfAbsent(scored.get("id").toString(), Bench.prediction(scored)));
        List<TrainingMetrics> metrics = metrics();
        TrainingMetrics last = metrics.get(metrics.size() - 1);
        double squared = first.getSumSquaredError();
        double absolute = first.getSumAbsoluteError();
        double logScores = first.getSumNegativeLogLikelihood();
        long covered = first.getCovered();
        assertNull(learned.get(0).getPrior());
        for (Example example : learned.subList(1, learned.size())) {
            Prior prior = example.getPrior();
            GenericRecord then = said.get(example.getEventId());
            assertEquals(then.get("modelStep"), prior.getModelStep());
            double error = example.getLabel() - (double) then.get("mean");
            squared += error * error;
            absolute += Math.abs(error);
            logScores -= prior.getLogScore();
            boolean in = (double) then.get("lower") <= example.getLabel()
                    && example.getLabel() <= (double) then.get("upper");
            covered += in ? 1 : 0;
        }
        assertEquals(learned.size(), last.getN());
        assertEquals(squared, last.getSumSquaredError());
        assertEquals(absolute, last.getSumAbsoluteError());
        assertEquals(logScores, last.getSumNegativeLogLikelihood());
        assertEquals(covered, last.getCovered());
        assertTrue(covered > 0.9 * learned.size(), () -> "covered " + last.getCovered() + " of " + learned.size());
    }

    private List<TrainingMetrics> metrics() {
        try (var serde =
                CredenceSerde.of(TrainingMetrics.class, bench.rides.config().serde())) {
            return bench.read(bench.topics.metrics()).stream()
                    .map(record -> serde.deserializer().deserialize("any", record.value()))
                    .toList();
        }
    }
}
