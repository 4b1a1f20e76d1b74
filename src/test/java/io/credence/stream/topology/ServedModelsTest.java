package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.credence.bayes.feature.FeatureVector;
import io.credence.stream.event.JsonEvents;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What a program is told about an event is what the scored topic says of it. */
final class ServedModelsTest {
    private static final double CLOSE = 1e-5;
    private static final List<String> NUMBERS =
            List.of("mean", "variance", "epistemicVariance", "aleatoricVariance", "lower", "upper");

    @Test
    void shouldSayWhatTheScoredTopicSaysWhenEventsComeAsJson() throws Exception {
        assertSameAsScored("credence.features", "km,city?:onehot(rome,oslo)");
    }

    @Test
    void shouldSayWhatTheScoredTopicSaysWhenTheModelHasClasses() throws Exception {
        assertSameAsScored("credence.task", "binary");
    }

    @Test
    void shouldSayWhatThePriorSaysWhenNothingIsPublished() throws Exception {
        try (Bench bench = new Bench();
                ServedModels models = models(bench)) {
            bench.score("first", 3);
            JsonNode told = ask(bench, models, 3, 0);

            assertEquals(List.of(), models.list());
            assertEquals(
                    Bench.prediction(bench.scored().get(0)).get("variance"),
                    told.get("variance").doubleValue());
            assertTrue(told.get("warmingUp").booleanValue());
        }
    }

    @Test
    void shouldListTheNewestVersionWhenModelsArePublished() {
        try (Bench bench = new Bench("credence.model.key", "city");
                ServedModels models = models(bench)) {
            for (int i = 0; i < 12; i++) {
                bench.send(Rides.LABELLED, Rides.ride("t" + i, i % 3 == 0 ? "oslo" : "ro/me", i, 2.0 * i));
            }
            bench.pass(2_000);

            assertEquals(
                    List.of("oslo 4 true", "ro/me 8 false"),
                    models.list().stream()
                            .map(v -> v.modelKey() + " " + v.events() + " " + v.warmingUp())
                            .sorted()
                            .toList());
            assertEquals(8, models.state("ro/me").orElseThrow().events());
            assertTrue(models.find("paris").isEmpty());
        }
    }

    @Test
    void shouldDecodeNothingWhenNothingIsNew() {
        try (Bench bench = new Bench("credence.hidden", "200,200", "credence.rival.events", "0");
                ServedModels models = models(bench)) {
            for (int i = 0; i < 5; i++) {
                bench.send(Rides.LABELLED, Rides.ride("t" + i, "oslo", i, 2.0 * i));
            }
            bench.pass(2_000);
            assertEquals(5, models.list().get(0).events());
            long before = allocated();
            assertEquals(5, models.list().get(0).events());
            assertTrue(allocated() - before < 50_000, "a part of a model has many times as many bytes");

            bench.send(Rides.LABELLED, Rides.ride("more", "oslo", 1, 2.0));
            bench.pass(2_000);
            assertEquals(6, models.list().get(0).events());
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void assertSameAsScored(String key, String value) throws Exception {
        boolean classes = value.equals("binary");
        try (Bench bench = new Bench(key, value);
                ServedModels models = models(bench)) {
            for (int i = 0; i < 60; i++) {
                double km = i % 7;
                Instant time = Instant.parse("2024-05-01T00:00:00Z").plusSeconds(60L * i);
                bench.sendAt(
                        Rides.LABELLED,
                        time,
                        Rides.ride("t" + i, i % 2 == 0 ? "rome" : null, km, classes ? (km > 3 ? 1 : 0) : 2 * km));
                bench.pass(100);
            }
            bench.pass(2_000);
            List<JsonNode> told = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Instant time = Instant.parse("2024-05-01T01:00:00Z").plusSeconds(30L * i);
                bench.sendAt(Rides.UNLABELLED, time, Rides.ride("s" + i, "rome", i / 3.0, null));
                bench.pass(100);
                told.add(ask(bench, models, i / 3.0, time.toEpochMilli()));
            }
            List<GenericRecord> scored = bench.scored();
            assertEquals(20, scored.size());
            for (int i = 0; i < 20; i++) {
                assertSame(Bench.prediction(scored.get(i)), told.get(i));
            }
        }
    }

    private static void assertSame(GenericRecord prediction, JsonNode told) {
        for (String field :
                List.of("modelEpoch", "modelStep", "eventsSeen", "warmingUp", "uncertain", "modelTooOld", "samples")) {
            assertEquals(prediction.get(field).toString(), told.get(field).asText(), field);
        }
        for (String field : NUMBERS) {
            if (prediction.hasField(field)) {
                double expected = (Double) prediction.get(field);
                assertEquals(expected, told.get(field).doubleValue(), CLOSE * Math.abs(expected), field);
            }
        }
        assertEquals(prediction.getSchema().getFields().size(), told.size());
    }

    private static JsonNode ask(Bench bench, ServedModels models, double km, long time) throws Exception {
        FeatureVector event = new JsonEvents(bench.rides.config().model().features())
                .read(new ObjectMapper().readTree("{\"km\": " + km + ", \"city\": \"rome\", \"more\": [1]}"))
                .orElseThrow();
        List<ObjectNode> answers = models.predict("", List.of(event), List.of(time), 0, false);
        return new ObjectMapper().readTree(answers.get(0).toString());
    }

    private static ServedModels models(Bench bench) {
        String store = Names.of(bench.rides.config()).posteriorsGlobal();
        return new ServedModels(bench.rides.config(), () -> bench.driver.getKeyValueStore(store));
    }
}
