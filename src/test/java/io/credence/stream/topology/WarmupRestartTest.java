package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.SourceOffsets;
import io.credence.stream.state.WaitingEvents;
import io.credence.stream.wire.Origin;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Events that wait for their model survive the heap, and so does how long they have waited and for what. */
class WarmupRestartTest {
    private static final int LABELS = 7;

    private final Rides rides = new Rides(
            "credence.topic.unlabelled", Rides.LABELLED,
            "credence.warmup.policy", "wait",
            "credence.warmup.wait.ms", "60000",
            "credence.score.batch.size", "4",
            "credence.score.linger.ms", "20");
    private final CredenceConfig config = rides.config();
    private final ScoringTask task = new ScoringTask(rides);

    @Test
    void shouldScoreEachEventOnceAndInOrderWhenRestartedInTheMiddle() {
        ScoringProcessor score = processor();
        labels(score);
        for (int i = 0; i < 30; i++) {
            send(score, "e" + i, null);
            if (i % 5 == 2) {
                score.init(task.context);
            }
            if (i % 7 == 3) {
                score = processor();
            }
        }
        punctuate();
        assertEquals(List.of(), task.scored(), "nothing is learned yet");

        ScoringProcessor successor = processor();
        publish();
        punctuate();
        assertEquals(IntStream.range(0, 30).mapToObj(i -> "e" + i).toList(), task.ids());
        for (GenericRecord record : task.scored()) {
            assertEquals((long) LABELS, Bench.prediction(record).get("eventsSeen"));
        }
        successor.init(task.context);
        punctuate();
        assertEquals(30, task.scored().size(), "none again");
        assertEquals(0, waiting(), "none is left in the store");
    }

    @Test
    void shouldRememberTheLabelsBeforeWhenRestartedBetweenThemAndTheEvent() {
        labels(processor());
        ScoringProcessor successor = processor();
        send(successor, "e", null);
        punctuate();
        assertEquals(List.of(), task.scored());
        publish();
        punctuate();
        assertEquals(List.of("e"), task.ids());
    }

    @Test
    void shouldScoreWhatWaitedFirstWhenRestartedWithAnotherPolicy() {
        ScoringProcessor score = processor();
        labels(score);
        send(score, "e", null);
        send(score, "f", null);
        ScoringProcessor successor = start(rides.config("credence.warmup.policy", "flag"));
        send(successor, "g", null);
        punctuate();
        send(successor, "h", null);
        punctuate();
        assertEquals(List.of("e", "f", "g", "h"), task.ids());
    }

    @Test
    void shouldNotWaitAnewWhenRestarted() {
        ScoringProcessor score = processor();
        labels(score);
        send(score, "e", null);
        task.context.setCurrentSystemTimeMs(1_059_999);
        processor();
        punctuate();
        assertEquals(List.of(), task.scored());
        task.context.setCurrentSystemTimeMs(1_060_000);
        punctuate();
        assertEquals(List.of("e"), task.ids());
    }

    @Test
    void shouldNotWaitWhenTheWarmUpWasOverBeforeTheRestart() {
        ScoringProcessor score = processor();
        labels(score);
        publish();
        send(score, "e", null);
        score = processor();
        send(score, "not learned", 2.0);
        send(score, "f", null);
        assertEquals(List.of("e", "f"), task.ids());
    }

    /** The events that are stored and wait for their model. */
    private long waiting() {
        return new WaitingEvents(task.pending()).all().size();
    }

    private void labels(ScoringProcessor score) {
        for (int i = 0; i < LABELS; i++) {
            send(score, "label", i / 2.0);
        }
    }

    /** Puts a model that has learned the labels where the scorer looks for it. */
    private void publish() {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        for (int i = 0; i < LABELS; i++) {
            learner.fold(new Observation("", "x", 0, new FeatureVector(new float[] {1}), i / 2.0));
        }
        Origin last = new Origin(Rides.LABELLED, ScoringTask.PARTITION, LABELS - 1);
        task.publish(learner.state(), Instant.EPOCH, SourceOffsets.NONE.with(last));
    }

    /** A task that starts. */
    private ScoringProcessor processor() {
        return start(config);
    }

    private ScoringProcessor start(CredenceConfig config) {
        task.context.scheduledPunctuators().forEach(alarm -> alarm.cancel());
        ScoringProcessor score = task.processor(config);
        score.init(task.context);
        return score;
    }

    private void punctuate() {
        List.copyOf(task.context.scheduledPunctuators()).stream()
                .filter(alarm -> !alarm.cancelled())
                .forEach(alarm -> alarm.getPunctuator().punctuate(task.context.currentSystemTimeMs()));
    }

    private void send(ScoringProcessor score, String id, Double fare) {
        task.send(score, Rides.LABELLED, LabelRule.OPTIONAL, id, fare);
    }
}
