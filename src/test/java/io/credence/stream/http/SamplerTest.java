package io.credence.stream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.credence.bayes.predict.ModelVersion;
import io.credence.fixture.Points;
import io.credence.stream.avro.Coordinates;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.topology.ServedModels.Published;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.TaskSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What is kept of the topics for whoever looks. */
final class SamplerTest {
    private final CredenceConfig config = Standing.config("credence.event.id", "id");
    private final AtomicLong now = new AtomicLong();
    private Sampler sampler = new Sampler(config, now::get);

    @Test
    void shouldGiveEachReaderWhatIsNewToIt() {
        sampler = new Sampler(Standing.config(), now::get);
        Sampler.Cursor one = new Sampler.Cursor("");
        assertEquals(0, sampler.news(one).get("labels").size());
        label("", 1, 10);
        label("other", 2, 20);
        assertEquals("[[1,10.0]]", sampler.news(one).get("labels").toString());
        label("", 3, 30);
        assertEquals("[[3,30.0]]", sampler.news(one).get("labels").toString());
        assertEquals(0, sampler.news(one).get("labels").size());
        assertEquals(
                "[[1,10.0],[3,30.0]]",
                sampler.news(new Sampler.Cursor("")).get("labels").toString());
    }

    @Test
    void shouldKeepTheLastFewHundredOfAFewModels() {
        sampler = new Sampler(Standing.config(), now::get);
        IntStream.range(0, 1_000).forEach(i -> label("", i, i));
        assertEquals(400, sampler.news(new Sampler.Cursor("")).get("labels").size());
        IntStream.range(0, 60).forEach(i -> label("m" + i, i, i));
        assertEquals(0, sampler.news(new Sampler.Cursor("m3")).get("labels").size());
        assertEquals(1, sampler.news(new Sampler.Cursor("m59")).get("labels").size());
    }

    @Test
    void shouldKeepAModelThatSomebodyLooksAtWhateverTheOthersWrite() {
        sampler = new Sampler(Standing.config(), now::get);
        Sampler.Cursor reader = new Sampler.Cursor("looked at");
        sampler.news(reader);
        label("looked at", 1, 10);
        IntStream.range(0, 60).forEach(i -> label("m" + i, i, i));
        assertEquals("[[1,10.0]]", sampler.news(reader).get("labels").toString());

        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        IntStream.range(0, 60).forEach(i -> label("n" + i, i, i));
        assertEquals(
                0, sampler.news(new Sampler.Cursor("looked at")).get("labels").size(), "nobody looks any more");
    }

    @Test
    void shouldLeaveOutNumbersThatNobodyKnows() {
        scored(7.0, Double.MAX_VALUE / 2, Double.MAX_VALUE);
        scored(7.0, 9.0, 4.0);

        JsonNode bands = sampler.news(new Sampler.Cursor("")).get("bands");
        assertEquals("[5,7.0,null,null,null,0.0,1,0]", bands.get(0).toString());
        assertEquals("[5,7.0,-9.0,9.0,2.0,0.0,1,0]", bands.get(1).toString());
    }

    @Test
    void shouldShowALabelWhereItsEventWasAskedAboutAlthoughItCameLater() {
        scored(7.0, 9.0, 4.0);
        label("", 3_600_000, 10);
        label("", 7_200_000, 20);

        Sampler.Cursor reader = new Sampler.Cursor("");
        assertEquals("[[5,10.0]]", sampler.news(reader).get("labels").toString());
        now.addAndGet(TimeUnit.SECONDS.toNanos(4));
        assertEquals(
                "[[7200000,20.0]]",
                sampler.news(reader).get("labels").toString(),
                "the other event is not asked about");
    }

    @Test
    void shouldJoinALabelToItsEventAlthoughItsTopicIsReadFirst() {
        label("", 3_600_000, 10);
        Sampler.Cursor reader = new Sampler.Cursor("");
        assertEquals(0, sampler.news(reader).get("labels").size(), "it waits for its event");

        scored(7.0, 9.0, 4.0, List.of(0.5));
        assertEquals("[[5,10.0,[[0.5,1]]]]", sampler.news(reader).get("labels").toString());
        now.addAndGet(TimeUnit.SECONDS.toNanos(4));
        assertEquals(0, sampler.news(reader).get("labels").size(), "once");
    }

    @Test
    void shouldLetOnlySoManyLabelsWait() {
        IntStream.range(0, 1_000).forEach(i -> label("", i, i, "event" + i));
        JsonNode labels = sampler.news(new Sampler.Cursor("")).get("labels");
        assertEquals(400, labels.size());
        assertEquals("[599,599.0]", labels.get(399).toString(), "the others wait");
    }

    @Test
    void shouldSayOfALabelWhichIntervalsHeldIt() {
        IntStream.of(4, 13).forEach(label -> {
            scored(7.0, 9.0, 4.0, List.of(0.5, 0.9));
            label("", 1, label);
        });
        JsonNode labels = sampler.news(new Sampler.Cursor("")).get("labels");
        assertEquals("[[5,4.0,[[0.5,1],[0.9,1]]],[5,13.0,[[0.5,0],[0.9,1]]]]", labels.toString());
    }

    @Test
    void shouldSayOfAClassWhetherItWasTheLikeliest() {
        GenericRecord prediction = new GenericData.Record(SchemaBuilder.record("C")
                .fields()
                .requiredInt("predictedIndex")
                .name("probabilities")
                .type()
                .array()
                .items()
                .doubleType()
                .noDefault()
                .endRecord());
        prediction.put("predictedIndex", 1);
        prediction.put("probabilities", List.of(0.2, 0.8));
        ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
        Asked asked = Asked.of(5, prediction);
        asked.kept(1, pairs);
        asked.kept(0, pairs);
        assertEquals("[[0.8,1],[0.8,0]]", pairs.toString());
    }

    @Test
    void shouldNameTheModelsThatWroteMeasuresAsTheLastOfThemHaveIt() {
        label("silent", 1, 10);
        measured("south", 3, 30);
        measured("north", 4, 40);
        measured("south", 5, 1_000);

        Instant at = Instant.ofEpochMilli(7);
        IntStream.range(0, 60).forEach(i -> label("m" + i, i, i));
        assertEquals(
                List.of(
                        new Published("north", new ModelVersion(2, 4), 40, true, at),
                        new Published("south", new ModelVersion(2, 5), 1_000, false, at)),
                sampler.reported());
    }

    @Test
    void shouldPassOverWhatItCannotRead() {
        for (String topic : List.of("standing-scored", "standing-training", "standing-metrics", "standing-alerts")) {
            take(topic, "no Avro".getBytes(StandardCharsets.UTF_8));
            take(topic, null);
        }
        try (Points points = new Points(config.serde(), "x")) {
            take("standing-scored", points.bytes("standing-scored", 1.0, null));
        }
        assertTrue(sampler.news(new Sampler.Cursor("")).get("bands").isEmpty());
    }

    private void measured(String model, long step, long events) {
        TrainingMetrics report = TrainingMetrics.newBuilder()
                .setModelKey(model)
                .setModelEpoch(2)
                .setModelStep(step)
                .setEventsSeen(events)
                .setTimestamp(Instant.ofEpochMilli(7))
                .setN(events)
                .build();
        try (var serde = CredenceSerde.of(TrainingMetrics.class, config.serde())) {
            take("standing-metrics", serde.serializer().serialize("standing-metrics", report));
        }
    }

    private void label(String model, long time, double label) {
        label(model, time, label, "id");
    }

    private void label(String model, long time, double label, String event) {
        Example example = new Example(
                model,
                event,
                Instant.ofEpochMilli(time),
                List.of(1.0),
                label,
                new Coordinates("labels", 0, time),
                null);
        try (var serde = CredenceSerde.of(TrainingRecord.class, config.serde())) {
            take("standing-training", serde.serializer().serialize("standing-training", new TrainingRecord(example)));
        }
    }

    private void scored(double mean, double end, double variance) {
        scored(mean, end, variance, List.of());
    }

    /** @param levels of intervals that reach ten times as far from the mean */
    private void scored(double mean, double end, double variance, List<Double> levels) {
        Schema interval = SchemaBuilder.record("I")
                .fields()
                .requiredDouble("level")
                .requiredDouble("lower")
                .requiredDouble("upper")
                .endRecord();
        Schema prediction = SchemaBuilder.record("P")
                .fields()
                .requiredDouble("mean")
                .requiredDouble("lower")
                .requiredDouble("upper")
                .requiredDouble("epistemicVariance")
                .requiredDouble("aleatoricVariance")
                .requiredString("modelKey")
                .requiredBoolean("warmingUp")
                .requiredBoolean("uncertain")
                .name("intervals")
                .type()
                .array()
                .items(interval)
                .noDefault()
                .endRecord();
        Schema event = SchemaBuilder.record("E")
                .fields()
                .requiredString("id")
                .name("prediction")
                .type(prediction)
                .noDefault()
                .endRecord();
        GenericRecord told = new GenericData.Record(prediction);
        Map<String, Object> values =
                new HashMap<>(Map.of("mean", mean, "lower", -end, "upper", end, "epistemicVariance", variance));
        values.putAll(Map.of("aleatoricVariance", 0.0, "modelKey", "", "warmingUp", true, "uncertain", false));
        values.forEach(told::put);
        told.put(
                "intervals",
                levels.stream()
                        .map(level -> Points.point(interval, level, mean - 10 * level, mean + 10 * level))
                        .toList());
        GenericRecord record = new GenericData.Record(event);
        record.put("id", "id");
        record.put("prediction", told);
        try (TaskSerdes serdes = TaskSerdes.of(config.serde())) {
            byte[] bytes = serdes.encoder()
                    .encode(
                            "standing-scored",
                            new ConsumerRecord<>("", 0, 0, new byte[0], new byte[0]).headers(),
                            record)
                    .orElseThrow();
            take("standing-scored", bytes);
        }
    }

    private void take(String topic, byte[] value) {
        TopicPartition at = new TopicPartition(topic, 0);
        sampler.take(new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                0,
                5,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
