package io.credence.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Outcome;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.bayes.inference.Predictors;
import io.credence.bayes.predict.Prediction;
import io.credence.fixture.ChangingStream;
import io.credence.fixture.Points;
import io.credence.fixture.Wait;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.serve.CredenceService;
import io.credence.tool.evaluate.Dataset;
import io.credence.tool.evaluate.Evaluator;
import io.credence.tool.evaluate.Measured;
import io.credence.tool.evaluate.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A stream changes and a rival takes over, while each batch is scored before it is learned: what the service predicts is
 * what {@code evaluate} measures.
 */
final class ChangingStreamIT {
    private static final int BATCH = 20;
    private static final int CHANGE = 640;
    private static final int FROM = 620;
    private static final int ROWS = 1000;

    private static Cluster cluster;

    private int sent;

    @BeforeAll
    static void start() {
        cluster = new Cluster();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** Of a linear network the mean of antithetic samples is exact, whichever samples are drawn. */
    @Test
    void shouldPredictWhatEvaluateMeasuresWhenTheStreamChanges() throws Exception {
        List<Observation> events = events(ChangingStream.linear());
        CredenceConfig config = config("linear", "credence.hidden", "", "credence.drift", "false");
        List<GenericRecord> served = served(config, events);
        Dataset data = new Dataset(
                events.stream().<Outcome<Observation>>map(Outcome::of).toList());
        List<Measured> measured = new ArrayList<>();
        new Evaluator(config.model(), data)
                .prequential(0, new Watch(0, 0, window -> {}, measured::add, state -> {}, done -> {}));
        for (int row = FROM; row < ROWS; row++) {
            assertSaid(measured.get(row).prediction().mean(), served, "mean", row);
        }
        assertTakeOver(config, events);
    }

    @Test
    void shouldPredictWhatTheSameStateDoesWithoutAServiceWhenTheStreamChanges() throws Exception {
        List<Observation> events = events(ChangingStream.curved());
        CredenceConfig config = config("curved");
        List<GenericRecord> served = served(config, events);
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        events.subList(0, FROM).forEach(learner::fold);
        for (int at = FROM; at < ROWS; at += BATCH) {
            List<Observation> batch = events.subList(at, at + BATCH);
            List<Prediction> expected =
                    Predictors.of(config.model(), learner.state()).predictStream(batch);
            for (int i = 0; i < BATCH; i++) {
                assertSaid(expected.get(i).mean(), served, "mean", at + i);
                assertSaid(expected.get(i).variance(), served, "variance", at + i);
                assertSaid(expected.get(i).epistemicVariance(), served, "epistemicVariance", at + i);
            }
            batch.forEach(learner::fold);
        }
        assertTakeOver(config, events);
    }

    /** Of today: a broker deletes records whose time is long ago. */
    private static List<Observation> events(ChangingStream stream) {
        long start = System.currentTimeMillis();
        return IntStream.range(0, ROWS)
                .mapToObj(row -> stream.next(row < CHANGE ? 0 : 1))
                .map(e -> new Observation("", e.eventId(), start + e.timestamp(), e.features(), e.label()))
                .toList();
    }

    /** Without one among the rows that are compared, the test would say little. */
    private static void assertTakeOver(CredenceConfig config, List<Observation> events) {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        events.subList(0, CHANGE).forEach(learner::fold);
        assertEquals(0, learner.state().takeOvers(), "before the change");
        events.subList(CHANGE, ROWS - BATCH).forEach(learner::fold);
        assertEquals(1, learner.state().takeOvers(), "after the change");
    }

    private static void assertSaid(double expected, List<GenericRecord> served, String field, int row) {
        double tolerance = 1e-5 * Math.max(1, Math.abs(expected));
        assertEquals(expected, (Double) served.get(row - FROM).get(field), tolerance, field + " of row " + row);
    }

    private static CredenceConfig config(String application, String... more) {
        return CredenceConfig.of(cluster.settings(
                application,
                Map.of(
                        "credence.features",
                        String.join(",", ChangingStream.fields()),
                        "credence.batch.size",
                        Integer.toString(BATCH),
                        "credence.publish.interval.ms",
                        "20",
                        "credence.rival.events",
                        "200",
                        "credence.rival.evidence",
                        "15",
                        "commit.interval.ms",
                        "20"),
                more));
    }

    /** What the service says of every row from {@link #FROM} on, with the model of all batches before the row's own. */
    private List<GenericRecord> served(CredenceConfig config, List<Observation> events) throws Exception {
        String labelled = config.topics().labelled();
        String unlabelled = config.topics().unlabelled();
        cluster.create(labelled, unlabelled);
        sent = 0;
        List<GenericRecord> served = new ArrayList<>();
        try (Points points = new Points(config.serde(), ChangingStream.fields().toArray(new String[0]));
                CredenceService service = new CredenceService(config)) {
            service.start();
            cluster.send(records(points, labelled, events.subList(0, FROM), true));
            for (int at = FROM; at < ROWS; at += BATCH) {
                List<Observation> batch = events.subList(at, at + BATCH);
                served.addAll(scored(config, points, batch, at));
                cluster.send(records(points, labelled, batch, true));
            }
        }
        return served;
    }

    /** Scores a batch again and again, until the model that learned the events before has reached the scorer. */
    private List<GenericRecord> scored(CredenceConfig config, Points points, List<Observation> batch, int learned) {
        List<GenericRecord> said = new ArrayList<>();
        AtomicLong newest = new AtomicLong();
        Wait.until("predictions after " + learned + " events", newest::get, () -> {
            cluster.send(records(points, config.topics().unlabelled(), batch, false));
            sent += BATCH;
            said.clear();
            var all = cluster.read(config.topics().scored(), sent);
            all.subList(sent - BATCH, sent).forEach(record -> said.add(points.prediction(record.value())));
            newest.set(said.stream()
                    .mapToLong(prediction -> (Long) prediction.get("eventsSeen"))
                    .min()
                    .orElse(0));
            return newest.get() == learned;
        });
        return List.copyOf(said);
    }

    private static List<ProducerRecord<byte[], byte[]>> records(
            Points points, String topic, List<Observation> events, boolean labelled) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Observation event : events) {
            double[] x = event.features().values();
            Object[] values = new Object[x.length + 1];
            for (int i = 0; i < x.length; i++) {
                values[i] = x[i];
            }
            values[x.length] = labelled ? event.label() : null;
            records.add(points.at(event.timestamp(), topic, event.eventId(), values));
        }
        return records;
    }
}
