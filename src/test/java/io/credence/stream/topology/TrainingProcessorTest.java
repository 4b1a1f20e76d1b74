package io.credence.stream.topology;

import static io.credence.stream.topology.Bench.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.stream.avro.Command;
import io.credence.stream.avro.PosteriorChunk;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.event.Commands;
import io.credence.stream.event.TrainingLog;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class TrainingProcessorTest {
    @Test
    void shouldPublishModelAndMetricsWhenTheStepMoved() {
        try (Bench bench = new Bench()) {
            bench.train(12);
            assertEquals(0, bench.read(bench.topics.posteriors()).size());
            bench.pass(1_000);
            List<TestRecord<byte[], byte[]>> chunks = bench.read(bench.topics.posteriors());
            assertEquals(1, chunks.size());
            assertArrayEquals(utf8("/0"), chunks.get(0).key());
            PosteriorChunk chunk =
                    decode(bench, PosteriorChunk.class, chunks.get(0).value());
            assertEquals(12, chunk.getEvents());

            TrainingMetrics metrics = metrics(bench).get(0);
            assertEquals(12, metrics.getEventsSeen());
            assertEquals(12, metrics.getN());
            assertEquals(chunk.getStep(), metrics.getModelStep());
            assertTrue(metrics.getRmse() > 0 && Double.isFinite(metrics.getNll()), metrics.toString());
            assertTrue(metrics.getElboKl() > 0 && Double.isFinite(metrics.getElboFit()), metrics.toString());
        }
    }

    @Test
    void shouldPublishNothingWhenTheStepDidNotMove() {
        try (Bench bench = new Bench("credence.batch.size", "8")) {
            bench.train(8);
            bench.pass(1_000);
            assertEquals(1, bench.read(bench.topics.posteriors()).size());
            bench.train(7);
            bench.pass(5_000);
            assertEquals(0, bench.read(bench.topics.posteriors()).size());
            assertEquals(1, metrics(bench).size());
            bench.train(1);
            bench.pass(1_000);
            assertEquals(16, metrics(bench).get(0).getEventsSeen());
        }
    }

    @Test
    void shouldHoldAModelForEachKeyWhenModelsAreKeyed() {
        try (Bench bench = new Bench("credence.model.key", "city")) {
            for (int i = 0; i < 6; i++) {
                bench.send(Rides.LABELLED, Rides.ride("a" + i, "A", i, 1.0 * i));
            }
            bench.send(Rides.LABELLED, Rides.ride("b", "B/1", 1, 5.0));
            bench.pass(1_000);
            List<TrainingMetrics> metrics = metrics(bench);
            assertEquals(
                    List.of("A", "B/1"),
                    metrics.stream().map(TrainingMetrics::getModelKey).toList());
            assertEquals(
                    List.of(6L, 1L),
                    metrics.stream().map(TrainingMetrics::getEventsSeen).toList());
            List<String> keys = bench.read(bench.topics.posteriors()).stream()
                    .map(r -> new String(r.key(), java.nio.charset.StandardCharsets.UTF_8))
                    .toList();
            assertEquals(List.of("A/0", "B/1/0"), keys);
        }
    }

    @Test
    void shouldLearnTheSameWhenThereAreMoreModelsThanStayLive() {
        List<byte[]> all = publishedOfFiveModels("100");
        List<byte[]> fewer = publishedOfFiveModels("2");
        assertEquals(all.size(), fewer.size());
        for (int i = 0; i < all.size(); i++) {
            assertArrayEquals(all.get(i), fewer.get(i), "record " + i);
        }
    }

    private static List<byte[]> publishedOfFiveModels(String live) {
        try (Bench bench = new Bench("credence.model.key", "city", "credence.live.models", live)) {
            for (int i = 0; i < 200; i++) {
                bench.send(Rides.LABELLED, Rides.ride("r" + i, "city" + i * i % 5, i % 7, 2.0 * (i % 7)));
                bench.pass(100);
            }
            bench.pass(1_000);
            return bench.read(bench.topics.posteriors()).stream()
                    .map(TestRecord::value)
                    .toList();
        }
    }

    @Test
    void shouldRejectWhatIsNoExampleOfThisModel() {
        try (Bench bench = new Bench()) {
            String log = bench.topics.training();
            bench.send(log, null, null);
            bench.send(log, utf8(""), utf8("garbage"));
            bench.send(log, utf8(""), entry(bench, observation(new float[] {1, 2}, 3)));
            bench.send(log, utf8(""), entry(bench, observation(new float[] {1}, Double.NaN)));
            bench.send(log, utf8(""), encode(bench, new TrainingRecord(resetOf("unknown"))));
            bench.send(log, utf8(""), entry(bench, observation(new float[] {1}, 3)));
            bench.pass(1_000);
            assertEquals(
                    List.of("NULL_VALUE", "BAD_MAGIC", "SHAPE_MISMATCH", "BAD_LABEL", "BAD_COMMAND"),
                    IntakeProcessorTest.reasons(bench));
            assertEquals(1, metrics(bench).get(0).getEventsSeen());
        }
    }

    @Test
    void shouldShowTheMetricsInJmx() {
        try (Bench bench = new Bench("credence.rival.events", "6")) {
            bench.train(9);
            bench.pass(1_000);
            TrainingMetrics record = metrics(bench).get(0);
            double rmse = record.getRmse();
            assertEquals(9.0, gauge(bench, "events-trained"));
            assertEquals(rmse, gauge(bench, "prequential-rmse"));
            for (String name : List.of("steps", "rejected-updates", "prequential-nll", "elbo-fit", "elbo-kl")) {
                assertTrue(Double.isFinite(gauge(bench, name)), name);
            }
            double tested = gauge(bench, "prequential-tested");
            assertEquals(record.getN(), tested);
            assertEquals(record.getCoverage(), gauge(bench, "prequential-covered") / tested);
            assertEquals(9.0, gauge(bench, "memory"));
            assertEquals(record.getRivalEvidence(), gauge(bench, "rival-evidence"));
            assertTrue(gauge(bench, "rival-weight") > 0 && gauge(bench, "rival-weight") < 1);
            assertEquals(0.0, gauge(bench, "take-overs"));
        }
    }

    private static double gauge(Bench bench, String name) {
        return bench.driver.metrics().entrySet().stream()
                .filter(e -> e.getKey().group().equals(Names.METRICS_GROUP)
                        && e.getKey().name().equals(name)
                        && "default".equals(e.getKey().tags().get("model-key")))
                .mapToDouble(e -> (double) e.getValue().metricValue())
                .findFirst()
                .orElseThrow();
    }

    static List<TrainingMetrics> metrics(Bench bench) {
        return bench.read(bench.topics.metrics()).stream()
                .map(r -> decode(bench, TrainingMetrics.class, r.value()))
                .toList();
    }

    private static <T extends SpecificRecordBase> T decode(Bench bench, Class<T> type, byte[] bytes) {
        try (CredenceSerde<T> serde =
                CredenceSerde.of(type, bench.rides.config().serde())) {
            return serde.deserializer().deserialize("any", bytes);
        }
    }

    private static byte[] entry(Bench bench, Observation observation) {
        return encode(bench, TrainingLog.example(observation, new Origin("t", 0, 0)));
    }

    private static byte[] encode(Bench bench, TrainingRecord entry) {
        try (var serde =
                CredenceSerde.of(TrainingRecord.class, bench.rides.config().serde())) {
            return serde.serializer().serialize(bench.topics.training(), entry);
        }
    }

    private static Observation observation(float[] features, double label) {
        return new Observation("", "x", 0, new FeatureVector(features), label);
    }

    private static Command resetOf(String modelKey) {
        return Commands.reset(modelKey, "c1", Instant.EPOCH);
    }
}
