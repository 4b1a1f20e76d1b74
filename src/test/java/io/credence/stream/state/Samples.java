package io.credence.stream.state;

import io.credence.bayes.alert.Episode;
import io.credence.bayes.alert.Episode.Phase;
import io.credence.bayes.alert.Episodes;
import io.credence.bayes.alert.Episodes.Span;
import io.credence.bayes.alert.Line;
import io.credence.bayes.alert.Notice;
import io.credence.bayes.alert.Notice.Source;
import io.credence.bayes.alert.Question;
import io.credence.bayes.alert.Remark;
import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Foretold;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.LearnerState;
import io.credence.bayes.predict.Calibration;
import io.credence.bayes.predict.Hindsight;
import io.credence.bayes.predict.ModelVersion;
import io.credence.bayes.predict.Prediction;
import io.credence.stream.wire.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** One value of every stored kind, the same for ever: the golden files hold their bytes. */
final class Samples {
    static final long FINGERPRINT = 0x1122334455667788L;

    private Samples() {}

    static LearnerState state() {
        return new LearnerState(
                "Köln",
                FINGERPRINT,
                new ModelVersion(2, 345),
                6789,
                1,
                new float[] {0.25f, -1, 1},
                new float[] {-2, -3, -4.5f},
                new float[] {0.5f, -1.25f, Float.MIN_VALUE},
                new float[] {-3, -4, -5.5f},
                new float[] {1e-8f, 2, 3, 4, 5, 6},
                new float[] {0.125f, -0.5f, 2},
                new float[] {-1, -2, -3},
                new float[] {0.5f},
                new float[] {0.25f, 3},
                new double[] {0.75, 1.5},
                new double[] {},
                new double[] {0.1, 1e300},
                new double[] {1, 2, 3},
                new double[] {4, 5},
                new double[] {6},
                new double[] {7, Double.NaN},
                new double[] {8, 9, 10},
                new double[] {0, Double.NaN});
    }

    static Observation example() {
        return new Observation(
                "Köln", "event-7", 1_700_000_000_123L, new FeatureVector(new float[] {1, Float.NaN, -0.5f}), 42.5);
    }

    static Observation wideExample() {
        double[] x = {1, Double.NaN, -0.5, 0, 1_712_347_004.25, -0.0};
        return new Observation("Köln", "event-8", 1_700_000_000_124L, new FeatureVector(x), -1);
    }

    static Observation foretoldExample() {
        Foretold prior = new Foretold(2, 344, 40.5, 2.25, List.of(36.0, 33.5), List.of(44.5, 48.25), 0.75, -1.875);
        return new Observation(
                "Köln", "event-9", 1_700_000_000_125L, new FeatureVector(new float[] {2, -0.5f}), 43, prior);
    }

    static Meeting meeting() {
        Observation event = new Observation(
                "Köln", "event-9", 1_700_000_000_125L, new FeatureVector(new float[] {2, -0.5f}), Double.NaN);
        List<Double> lower = List.of(36.0, 33.5);
        List<Double> upper = List.of(44.5, 48.25);
        Prediction said =
                Hindsight.kept(false, 40.5, 4, 1.0625, lower, upper, new double[0], Calibration.NONE.toArray());
        Asked asked =
                new Asked(event, new Origin("rides", 3, 98), null, new Asked.Said(new ModelVersion(2, 344), said));
        return Meeting.of(asked, new Arrived("event-9", 43, 1_700_000_000_200L, pending()), 17);
    }

    static Episodes episodes() {
        Notice far = new Notice(
                Source.LEARNING,
                "event-7",
                1_700_000_000_123L,
                1,
                true,
                false,
                0.75,
                0.5,
                7,
                Double.NaN,
                -1,
                15,
                Set.of(Question.UNCERTAIN, Question.SURPRISING),
                List.of("wind", "Wärme"),
                utf8("evidence"));
        Episode open = new Episode(
                "Köln:1:e", Phase.RECOVERING, 1, 2, 3, 4, 5, 6, far, Set.of(Question.OUT_OF_RANGE), List.of("wind"));
        Episode silence = new Episode("s", Phase.FIRING, 7, 8, 9, 10, 11, 12, far, Set.of(Question.SILENCE), List.of());
        return new Episodes(
                "Köln",
                99,
                new Line(13, 1.5, 14, 15, 16, 2.5, 17, 18, 19),
                new Line(Line.NEVER, 0, 0, Line.NEVER, Line.NEVER, 0, 0, 0, 0),
                open,
                null,
                silence,
                List.of(new Span(Source.LEARNING, -17, 18, 19, 20, "Köln:0:d", "event-6", Set.of(Question.SHIFTED))),
                21,
                22,
                List.of(
                        new Remark("Köln:0:d", false, Set.of(Question.SHIFTED)),
                        new Remark("event-3", true, Set.of(Question.STUCK, Question.SURPRISING))));
    }

    static RawRecord pending() {
        Headers headers =
                new RecordHeaders().add("trace", utf8("abc")).add("empty", null).add("trace", new byte[0]);
        return new RawRecord(
                new Record<>(utf8("key"), utf8("value"), 1_700_000_000_456L, headers), new Origin("rides", 3, 99));
    }

    static LearnerMarks learnerMarks() {
        return new LearnerMarks(new ModelVersion(2, 345), 6790);
    }

    static ScorerMarks scorerMarks() {
        return new ScorerMarks(new ModelVersion(2, 344));
    }

    static SourceOffsets sourceOffsets() {
        return SourceOffsets.NONE.with(new Origin("hours", 11, 4_000_000_000L)).with(new Origin("Stunden-ö", 0, 7));
    }

    static WarmupMarks warmupMarks() {
        return new WarmupMarks(true, sourceOffsets());
    }

    static byte[] waitingEvent() {
        return WaitingEvents.encode(1_700_000_000_000L, sourceOffsets(), pending());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
