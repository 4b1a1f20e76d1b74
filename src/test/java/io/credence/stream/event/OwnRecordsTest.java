package io.credence.stream.event;

import static io.credence.stream.wire.Fixtures.accepted;
import static io.credence.stream.wire.Fixtures.mock;
import static io.credence.stream.wire.Fixtures.rejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.alert.AlertRules;
import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.feature.Rejection.Reason;
import io.credence.bayes.feature.Task;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.inference.PrequentialSums;
import io.credence.bayes.predict.Attribution;
import io.credence.bayes.predict.Flags;
import io.credence.bayes.predict.ModelInfo;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.RealPrediction;
import io.credence.stream.avro.Alert;
import io.credence.stream.avro.AlertNotice;
import io.credence.stream.avro.AlertReason;
import io.credence.stream.avro.EpisodeState;
import io.credence.stream.avro.Example;
import io.credence.stream.avro.NoticeReason;
import io.credence.stream.avro.NoticedEvent;
import io.credence.stream.avro.TrainingMetrics;
import io.credence.stream.avro.TrainingRecord;
import io.credence.stream.wire.ConfluentAvroSerde;
import io.credence.stream.wire.CredenceSerde;
import io.credence.stream.wire.Origin;
import io.credence.stream.wire.PortableSchema;
import io.credence.stream.wire.SchemaRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Our own records: made from values, sent, and read back. */
class OwnRecordsTest {
    private static final Origin SOURCE = new Origin("trips", 1, 2);
    private static final ModelInfo MODEL = new ModelInfo("north", new ModelVersion(1, 10), 320, false, 32);
    private static final PrequentialSums SUMS = new PrequentialSums(4, 36, 8, 6, 3, 2, 64, 100, 1, 2);

    private static final LearnerState STATE = LearnerState.of(
            "north",
            7,
            MODEL.version(),
            320,
            1,
            Collections.nCopies(LearnerState.WEIGHT_PARTS, new float[0]),
            List.of(
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[] {12.5, 0.25, 3, 0, 9000, 4000, 1000, 1000, 5000, 70, 1000, 60},
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0]));

    @Test
    void shouldRoundTripObservationsOverTheWire() {
        CredenceSerde<TrainingRecord> serde = CredenceSerde.of(TrainingRecord.class, mock("training"));
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            float[] x = new float[random.nextInt(20)];
            for (int j = 0; j < x.length; j++) {
                x[j] = random.nextInt(6) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            Foretold prior = i % 2 == 0 ? null : new Foretold(i, 2, 0.5, 1.5, List.of(-1.0), List.of(2.0), 0.25, -3);
            Observation seen = new Observation(
                    "k" + i, "e" + i, random.nextInt(), new FeatureVector(x), random.nextGaussian(), prior);
            byte[] bytes = serde.serializer().serialize("training", TrainingLog.example(seen, SOURCE));
            Example read = (Example) accepted(serde.decode(bytes)).getBody();
            assertEquals(seen, TrainingLog.observation(read));
            assertEquals(SOURCE, TrainingLog.source(read));
        }
    }

    @Test
    void shouldRejectAndNeverThrowWhenOurBytesAreBroken() {
        CredenceSerde<TrainingRecord> serde = CredenceSerde.of(TrainingRecord.class, mock("training-broken"));
        Observation seen = new Observation("k", "e", 1, new FeatureVector(new float[] {1, 2}), 3);
        byte[] good = serde.serializer().serialize("training", TrainingLog.example(seen, SOURCE));
        for (int length = 1; length < good.length; length++) {
            assertEquals(
                    Reason.UNDECODABLE,
                    rejected(serde.decode(Arrays.copyOf(good, length))).reason());
        }
        assertEquals(Reason.NULL_VALUE, rejected(serde.decode(null)).reason());
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            byte[] mutant = good.clone();
            mutant[5 + random.nextInt(good.length - 5)] = (byte) random.nextInt(256);
            serde.decode(mutant);
        }
    }

    @Test
    void shouldRegisterOurSchemasWithoutHintsForJava() {
        Map<String, Object> settings = mock("portable");
        CredenceSerde<Alert> serde = CredenceSerde.of(Alert.class, settings);
        serde.serializer().serialize("alerts", alert());
        try (SchemaRegistry registry = SchemaRegistry.of(settings)) {
            Schema published = registry.schema(registry.latest("alerts-value"));
            assertEquals("io.credence.stream.avro.Alert", published.getFullName());
            assertFalse(published.toString().contains("avro.java.string"), published::toString);
        }
    }

    @Test
    void shouldResolveToOurSchemaWhenTheWritersIsNewer() {
        Map<String, Object> settings = mock("newer");
        String text = PortableSchema.of(Alert.getClassSchema()).toString();
        Schema newer = new Schema.Parser()
                .parse(text.replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"extra\",\"type\":\"string\"},")
                        .replace("\"OTHER\",", "\"OTHER\",\"BRAND_NEW\","));
        var record = new org.apache.avro.generic.GenericData.Record(newer);
        Alert alert = alert();
        newer.getFields().stream().skip(1).forEach(f -> record.put(f.name(), alert.get(f.pos() - 1)));
        record.put("extra", "x");
        for (String time : List.of("eventTime", "started", "last")) {
            record.put(time, ((Instant) alert.get(time)).toEpochMilli());
        }
        record.put(
                "reason",
                new org.apache.avro.generic.GenericData.EnumSymbol(
                        newer.getField("reason").schema(), "BRAND_NEW"));
        ConfluentAvroSerde theirs = new ConfluentAvroSerde();
        theirs.configure(settings, false);
        byte[] bytes = theirs.serializer().serialize("alerts", record);
        Alert read = accepted(CredenceSerde.of(Alert.class, settings).decode(bytes));
        assertEquals(AlertReason.OTHER, read.getReason());
        assertEquals("e1", read.getEventId());
    }

    @Test
    void shouldPutTheNumbersBehindTheDecisionIntoTheAlert() {
        CredenceSerde<Alert> serde = CredenceSerde.of(Alert.class, mock("alert"));
        Alert alert = accepted(serde.decode(serde.serializer().serialize("alerts", alert())));
        assertEquals("north", alert.getModelKey());
        assertEquals("e1", alert.getEventId());
        assertEquals("trips", alert.getTopic());
        assertEquals(1, alert.getPartition());
        assertEquals(2, alert.getOffset());
        assertEquals(Instant.ofEpochMilli(99), alert.getEventTime());
        assertEquals(AlertReason.OUT_OF_RANGE, alert.getReason());
        assertEquals(2, alert.getDeviation());
        assertEquals(1.5, alert.getOutOfRangeScore());
        assertEquals(List.of("wind"), alert.getOutOfRangeFeatures());
        assertEquals(7, alert.getMean());
        assertEquals(1, alert.getEpistemicVariance());
        assertEquals(3, alert.getAleatoricVariance());
        assertEquals(10, alert.getModelStep());
        assertEquals(320, alert.getEventsSeen());
        assertEquals("wind", alert.getAttributions().get(0).getFeature());
        assertEquals(2, alert.getAttributions().get(0).getMean());
        assertEquals(5, alert.getAverageMean());
    }

    @Test
    void shouldTellOfTheEpisodeWhenItFiresAndWhenItIsOver() {
        Alert alert = alert();
        assertEquals("north:99:e1:0", alert.getEpisodeId());
        assertEquals(EpisodeState.FIRING, alert.getState());
        assertEquals(1, alert.getEvents());
        assertEquals(List.of(AlertReason.OUT_OF_RANGE), alert.getReasons());
        assertEquals(List.of("wind"), alert.getFeatures());
        assertEquals(List.of(7.0, 0.0, 14.0), List.of(alert.getExpected(), alert.getLower(), alert.getUpper()));
        assertNull(alert.getActual());
        assertNull(alert.getEnded());

        Episodes silent = Episodes.of("")
                .take(Notice.run(Notice.Source.SCORING, "a", 5, 1), AlertRules.USUAL)
                .next();
        AlertRules rules = new AlertRules(0, 1, 0, 1, 0, 0, 0, true, true, 1000);
        Episodes.Taken over = silent.take(Notice.run(Notice.Source.SCORING, "b", 2005, 1), rules);
        Alert ended = Reports.alert("", over.said().get(1), null, false, false);
        assertEquals(EpisodeState.RESOLVED, ended.getState());
        assertEquals(AlertReason.SILENCE, ended.getReason());
        assertEquals(Instant.ofEpochMilli(2005), ended.getEnded());
        assertEquals(1000.0, ended.getExpected());
        assertEquals(2000.0, ended.getActual());
    }

    @Test
    void shouldGiveErrorsAndCoverageWhenTheLabelIsANumber() {
        CredenceSerde<TrainingMetrics> serde = CredenceSerde.of(TrainingMetrics.class, mock("metrics"));
        TrainingMetrics made = Reports.metrics(Task.REGRESSION, MODEL, Instant.ofEpochMilli(5), SUMS, 12.0, 3.0, STATE);
        TrainingMetrics m = accepted(serde.decode(serde.serializer().serialize("metrics", made)));
        assertEquals(made, m);
        assertEquals(3.0, m.getRmse());
        assertEquals(2.0, m.getMae());
        assertEquals(1.5, m.getNll());
        assertEquals(0.75, m.getCoverage());
        assertNull(m.getAccuracy());
        assertEquals(64, m.getSumLastValueSquaredError());
        assertEquals(100, m.getSumRunningMeanSquaredError());
        assertEquals(12.0, m.getElboFit());
        assertEquals(3.0, m.getElboKl());
        assertEquals(1, m.getRejectedUpdates());
        assertEquals(5000, m.getMemory());
        assertEquals(12.5, m.getRivalEvidence());
        assertEquals(0.25, m.getRivalWeight());
        assertEquals(3, m.getTakeOvers());
    }

    @Test
    void shouldGiveAccuracyWhenTheLabelIsAClassAndNothingBeforeTheFirstEvent() {
        TrainingMetrics m = Reports.metrics(Task.BINARY, MODEL, Instant.EPOCH, SUMS, null, null, STATE);
        assertEquals(0.5, m.getAccuracy());
        assertNull(m.getRmse());
        assertNull(m.getElboFit());
        TrainingMetrics none =
                Reports.metrics(Task.REGRESSION, MODEL, Instant.EPOCH, PrequentialSums.NONE, null, null, STATE);
        assertNull(none.getRmse());
        assertNull(none.getNll());
        assertTrue(none.getN() == 0);
    }

    @Test
    void shouldCallFeaturesAReasonOnlyWhenTheyAloneRaise() {
        assertEquals(List.of(NoticeReason.UNCERTAIN), reasonsOfUncertain(false));
        assertEquals(List.of(NoticeReason.UNCERTAIN, NoticeReason.OUT_OF_RANGE), reasonsOfUncertain(true));
    }

    private static List<NoticeReason> reasonsOfUncertain(boolean raises) {
        AlertNotice told = Notices.scored(
                new Observation("", "e1", 99, new FeatureVector(new float[1]), Double.NaN),
                SOURCE,
                new RealPrediction(7, 1, 3, 0, 14)
                        .with(new Flags(true, true, 1.5, List.of("wind"), 1, 1, raises, false)),
                MODEL,
                true,
                null);
        return ((NoticedEvent) told.getBody()).getReasons();
    }

    private static Alert alert() {
        AlertNotice told = Notices.scored(
                new Observation("north", "e1", 99, new FeatureVector(new float[1]), Double.NaN),
                SOURCE,
                new RealPrediction(7, 1, 3, 0, 14).with(new Flags(false, true, 1.5, List.of("wind"))),
                MODEL,
                false,
                new Attribution(7, 4, 5, 3, List.of(new Attribution.Part("wind", 2, 1))));
        Notice notice = Objects.requireNonNull(Notices.notice(told, new byte[0]));
        Episode episode =
                Episodes.of("north").take(notice, AlertRules.USUAL).said().get(0);
        return Reports.alert("north", episode, (NoticedEvent) told.getBody(), true, false);
    }
}
