package io.credence.tool.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.ClassificationPrediction;
import io.credence.stream.avro.EpisodeState;
import io.credence.stream.avro.RegressionPrediction;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.topology.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordTableTest {
    private static final long NOON = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();

    @Test
    void shouldDrawTheBandWhenARecordIsScored() {
        RecordTable table = new RecordTable(OutputTopic.SCORED, "prediction", true);
        List<String> lines = new ArrayList<>(table.lines(record(0), real(50, 20, 80, "")));
        lines.addAll(table.lines(record(1), real(40, 30, 55, "uncertain")));
        assertEquals("""
                time (UTC)          10                           90     mean interval
                2024-05-01 12:00:00     |----------o----------|           50 [20, 80]
                2024-05-01 12:00:01         |--o-----|                    40 [30, 55]          !
                """, String.join("\n", lines) + "\n");
    }

    @Test
    void shouldBeginANewScaleWhenABandLiesBeyondIt() {
        RecordTable table = new RecordTable(OutputTopic.SCORED, "prediction", false);
        assertEquals(2, table.lines(record(0), real(50, 20, 80, "")).size());
        assertEquals(1, table.lines(record(1), real(50, 21, 79, "")).size());
        List<String> lines = table.lines(record(2), real(500, 400, 700, ""));
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(
                lines.get(1).contains("├")
                        && lines.get(1).contains("●")
                        && lines.get(1).contains("┤"),
                lines::toString);
        for (int i = 0; i < 40; i++) {
            table.lines(record(3 + i), real(50, 20, 80, ""));
        }
        assertTrue(
                table.lines(record(99), real(50, 20, 80, "")).get(0).contains("20, 80"),
                "and back where it is long past");
    }

    @Test
    void shouldFitATerminalWhateverTheNumbersAre() {
        RecordTable table = new RecordTable(OutputTopic.SCORED, "prediction", false);
        double[] values = {-1e-9, 3.14159e7, -123_456.789, 0, 1e12, Double.MIN_VALUE, -0.012345};
        for (double mean : values) {
            for (double width : new double[] {0, 1e-12, 0.5, 1e9}) {
                GenericRecord scored = real(mean, mean - width, mean + width, "warmingUp");
                for (String line : table.lines(record(0), scored)) {
                    assertTrue(line.length() <= 80, line);
                }
            }
        }
    }

    @Test
    void shouldSaySoWhenNothingIsKnownYet() {
        RecordTable table = new RecordTable(OutputTopic.SCORED, "prediction", true);
        List<String> lines = table.lines(record(0), real(0, -Double.MAX_VALUE / 2, Double.MAX_VALUE / 2, "warmingUp"));
        assertEquals(List.of("time (UTC)", "2024-05-01 12:00:00 nothing is known yet~"), lines);
        lines = table.lines(record(0), null);
        assertEquals(
                List.of("2024-05-01 12:00:00 offset 0 of partition 0 cannot be read: no field 'predi ..."),
                List.of(lines.get(0).substring(0, 75) + " ..."));
    }

    @Test
    void shouldShowTheLikeliestClassWhenTheLabelIsOne() {
        RecordTable table = new RecordTable(OutputTopic.SCORED, "prediction", true);
        ClassificationPrediction said = filled(new ClassificationPrediction());
        said.put("predictedClass", "cat\u001b[2J");
        said.put("probabilities", List.of(0.25, 0.75));
        List<String> lines = table.lines(record(0), scored(said));
        assertEquals("time (UTC)          0                             1    share class", lines.get(0));
        assertEquals(
                "2024-05-01 12:00:00 -----------------------o            0.75 cat.[2J",
                lines.get(1).replaceAll("o {8,12}0", "o            0"));
        assertFalse(lines.get(1).contains("\u001b"), "somebody else's text must not command the terminal");
    }

    @Test
    void shouldGiveTheNumbersWhenAnAlertIsShown() {
        RecordTable table = new RecordTable(OutputTopic.ALERTS, "prediction", true);
        Alert alert = filled(new Alert());
        alert.put("eventTime", Instant.ofEpochMilli(NOON));
        alert.put("eventId", "an-event-with-a-long-name");
        alert.put("reason", AlertReason.UNCERTAIN);
        alert.put("deviation", 33.3);
        alert.put("mean", 7.0);
        alert.put("state", EpisodeState.FIRING);
        assertEquals(
                List.of(
                        "event time (UTC)    event                  mean why",
                        "2024-05-01 12:00:00 an-event-with-a-..        7 uncertain: deviation 33.3"),
                table.lines(record(0), alert));
        alert.put("reason", AlertReason.DEVIATION_ABOVE_LIMIT);
        assertEquals(
                List.of("2024-05-01 12:00:00 an-event-with-a-..        7 above the limit: deviation 33.3"),
                table.lines(record(0), alert));
        alert.put("reason", AlertReason.OUT_OF_RANGE);
        alert.put("outOfRangeFeatures", List.of("temp", "hum"));
        assertEquals(
                List.of("2024-05-01 12:00:00 an-event-with-a-..        7 out of range: temp, hum"),
                table.lines(record(0), alert));
        alert.put("state", EpisodeState.RESOLVED);
        alert.put("events", 12L);
        alert.put("reason", AlertReason.SURPRISING);
        alert.put("actual", 40.0);
        alert.put("expected", 7.0);
        assertEquals(
                List.of("2024-05-01 12:00:00 an-event-with-a-..        7 over: 12 events, surprising: 4.."),
                table.lines(record(0), alert));
        alert.put("state", EpisodeState.FIRING);
        alert.put("reason", AlertReason.SHIFTED);
        assertEquals(
                List.of("2024-05-01 12:00:00 an-event-with-a-..        7 shifted: 40 for 7"),
                table.lines(record(0), alert));
        alert.put("reason", AlertReason.STUCK);
        alert.put("features", List.of("hum"));
        assertEquals(
                List.of("2024-05-01 12:00:00 an-event-with-a-..        7 stuck: hum"), table.lines(record(0), alert));
    }

    @Test
    void shouldGiveReasonAndPlaceWhenADeadLetterIsShown() {
        RecordTable table = new RecordTable(OutputTopic.DEAD_LETTERS, "prediction", true);
        ConsumerRecord<byte[], byte[]> letter = record(0);
        header(letter, DeadLetter.REASON, "MISSING_FEATURE");
        header(letter, DeadLetter.DETAIL, "the field 'temp' is null, and that is not how the service has to have it");
        header(letter, DeadLetter.TOPIC, "bikes");
        header(letter, DeadLetter.PARTITION, "0");
        header(letter, DeadLetter.OFFSET, "17");
        List<String> lines = table.lines(letter, null);
        assertEquals("2024-05-01 12:00:00 bikes-0@17         MISSING_FEATURE the field 'temp' is nul..", lines.get(1));
        JsonNode json = RecordJson.ofDeadLetter(letter);
        assertEquals("MISSING_FEATURE", json.get("reason").textValue());
        assertEquals("17", json.at("/from/offset").textValue());
        assertEquals(5, json.get("bytes").intValue());
    }

    @Test
    void shouldStandBesideTheBaselinesWhenMetricsAreShown() {
        RecordTable table = new RecordTable(OutputTopic.METRICS, "prediction", true);
        TrainingMetrics report = filled(new TrainingMetrics());
        report.put("timestamp", Instant.ofEpochMilli(NOON));
        report.put("eventsSeen", 12_345L);
        report.put("n", 100L);
        report.put("rmse", 1.5);
        report.put("coverage", 0.949);
        report.put("sumRunningMeanSquaredError", 900.0);
        report.put("sumLastValueSquaredError", 400.0);
        assertEquals(
                List.of(
                        "time (UTC)          model              events     RMSE  of mean  of last covers",
                        "2024-05-01 12:00:00 default            12,345      1.5        3        2  94.9%"),
                table.lines(record(0), report));
    }

    @Test
    void shouldBeOneObjectWhenARecordIsShownAsJson() {
        JsonNode json = RecordJson.of(record(3), real(50, 20, Double.NaN, ""));
        assertEquals("2024-05-01T12:00:03Z", json.get("time").textValue());
        assertEquals("key", json.get("key").textValue());
        assertEquals(50, json.at("/value/prediction/mean").doubleValue());
        assertEquals("NaN", json.at("/value/prediction/upper").textValue());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "12345.6,12346",
        "0.0012,0.0012",
        "1e-7,1.00e-07",
        "-2.5,-2.5",
        "NaN,-",
        "1000000,1.00e+06",
        "100,100"
    })
    void shouldShowFourDigitsThatCount(double value, String text) {
        assertEquals(text, Cells.number(value));
    }

    @Test
    void shouldKnowATopicByTheWordThatPeopleWrite() {
        assertEquals(OutputTopic.DEAD_LETTERS, OutputTopic.of("dead-letters"));
    }

    private static ConsumerRecord<byte[], byte[]> record(int second) {
        return new ConsumerRecord<>(
                "scored",
                0,
                second,
                NOON + 1000L * second,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                3,
                5,
                "key".getBytes(StandardCharsets.UTF_8),
                "value".getBytes(StandardCharsets.UTF_8),
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty());
    }

    private static void header(ConsumerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static GenericRecord real(double mean, double lower, double upper, String flag) {
        RegressionPrediction said = filled(new RegressionPrediction());
        said.put("mean", mean);
        said.put("lower", lower);
        said.put("upper", upper);
        if (!flag.isEmpty()) {
            said.put(flag, true);
        }
        return scored(said);
    }

    private static GenericRecord scored(GenericRecord said) {
        Schema schema = SchemaBuilder.record("Scored")
                .fields()
                .name("prediction")
                .type(said.getSchema())
                .noDefault()
                .endRecord();
        GenericRecord record = new GenericData.Record(schema);
        record.put("prediction", said);
        return record;
    }

    /** The same with something in every field that must have a value. */
    private static <T extends GenericRecord> T filled(T record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            switch (field.schema().getType()) {
                case STRING -> record.put(field.pos(), "");
                case ARRAY -> record.put(field.pos(), List.of());
                case LONG -> {
                    if (field.schema().getLogicalType() == null) {
                        record.put(field.pos(), 0L);
                    }
                }
                default -> {}
            }
        }
        return record;
    }
}
