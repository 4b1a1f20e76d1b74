package io.credence.stream.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.FeatureVector;
import io.credence.bayes.feature.Observation;
import io.credence.bayes.inference.OnlineLearner;
import io.credence.stream.config.CredenceConfig;
import io.credence.stream.event.LabelRule;
import io.credence.stream.state.ScorerMarks;
import io.credence.stream.state.SourceOffsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unscored events survive the heap: init() again on the same processor, and another processor on the same stores. */
class ScoringRestartTest {
    private final Rides rides = new Rides(
            "credence.score.batch.size", "4", "credence.score.linger.ms", "20", "credence.max.model.age.ms", "5000");
    private final CredenceConfig config = rides.config();
    private final ScoringTask task = new ScoringTask(rides);

    @Test
    void shouldScoreEachEventOnceAndInOrderWhenInitialisedAgainAnywhere() {
        ScoringProcessor score = processor();
        score.init(task.context);
        for (int i = 0; i < 30; i++) {
            send(score, "e" + i);
            if (i % 5 == 2) {
                score.init(task.context);
            }
            if (i % 7 == 3) {
                score = processor();
                score.init(task.context);
            }
        }
        task.context.setCurrentSystemTimeMs(1_000_100);
        punctuate(1_000_100);
        List<String> expected =
                java.util.stream.IntStream.range(0, 30).mapToObj(i -> "e" + i).toList();
        assertEquals(expected, task.ids());
    }

    @Test
    void shouldScoreWhatWaitsWhenTheClockWasSetBackAndTheTaskHasANewThread() {
        ScoringProcessor score = processor();
        score.init(task.context);
        send(score, "a");
        send(score, "waits");
        task.context.setCurrentSystemTimeMs(100_000);
        ScoringProcessor successor = processor();
        successor.init(task.context);
        punctuate(100_020);
        assertEquals(List.of("a", "waits"), task.ids());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldScoreEachEventOnceAndInOrderWhenTheClockJumpsToAndFro(long seed) {
        Random random = new Random(seed);
        ScoringProcessor score = processor();
        score.init(task.context);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add("e" + i);
            send(score, "e" + i);
            task.context.setCurrentSystemTimeMs(random.nextLong(1_000_000_000_000L));
            if (random.nextInt(4) == 0) {
                punctuate(task.context.currentSystemTimeMs());
            } else if (random.nextInt(4) == 0) {
                score = processor();
                score.init(task.context);
            }
            assertTrue(task.ids().size() > i - 4, "no more than a batch may wait, whatever the clock says");
        }
        processor().init(task.context);
        punctuate(task.context.currentSystemTimeMs() + 20);
        assertEquals(sent, task.ids());
    }

    @Test
    void shouldNotCallAModelOldWhenTheClockWasSetBackAfterItWasPublished() {
        publish(Instant.ofEpochMilli(1_000_000));
        ScoringProcessor score = processor();
        score.init(task.context);
        for (long now : new long[] {1_005_000, 1_005_001, 1_000, 1_005_001}) {
            task.context.setCurrentSystemTimeMs(now);
            send(score, "at " + now);
            punctuate(now + 20);
        }
        List<Object> old = task.scored().stream()
                .map(record -> Bench.prediction(record).get("modelTooOld"))
                .toList();
        assertEquals(List.of(false, true, false, true), old);
    }

    @Test
    void shouldKeepHeadersTimestampAndPartitionWhenReloaded() {
        ScoringProcessor score = processor();
        score.init(task.context);
        send(score, "first");
        send(score, "waits");
        ScoringProcessor other = processor();
        other.init(task.context);
        punctuate(1_000_020);
        Record<?, ?> record = task.forwarded().get(1);
        assertEquals(ScoringTask.TIMESTAMP, record.timestamp());
        assertEquals(
                "waits",
                new String(record.headers().lastHeader("id").value(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(ScoringTask.PARTITION, ((Scored) record.value()).partition());
        assertNull(record.key());
    }

    @Test
    void shouldForgetNothingAndRepeatNothingWhenNothingIsPending() {
        ScoringProcessor score = processor();
        score.init(task.context);
        send(score, "a");
        score.init(task.context);
        punctuate(2_000_000);
        assertEquals(List.of("a"), task.ids());
        assertTrue(task.context.scheduledPunctuators().get(0).cancelled());
    }

    @Test
    void shouldHaveAnAlarmOnlyWhileEventsWait() {
        ScoringProcessor score = processor();
        score.init(task.context);
        assertEquals(1, alarms(), "for what a predecessor left");
        send(score, "at once");
        assertEquals(0, alarms());
        send(score, "b");
        send(score, "c");
        assertEquals(1, alarms());
        send(score, "d");
        send(score, "fills the batch");
        assertEquals(0, alarms());
        send(score, "f");
        punctuate(1_000_020);
        assertEquals(0, alarms());
        assertEquals(6, task.ids().size());
    }

    /** Those of the linger; what is told of usual events has a longer one. */
    private long alarms() {
        return task.context.scheduledPunctuators().stream()
                .filter(alarm -> !alarm.cancelled())
                .filter(alarm ->
                        alarm.getInterval().toMillis() < config.publishing().intervalMs())
                .count();
    }

    @Test
    void shouldRatherFailThanScoreWithAnOlderVersionThanTheOneUsed() {
        OnlineLearner learner = publish(Instant.EPOCH);
        ScoringProcessor score = processor();
        score.init(task.context);
        send(score, "a");
        assertEquals(learner.version(), ScorerMarks.read(task.marks(), "").version());

        byte[] newest = task.posteriors().delete(ScoringTask.model());
        score.init(task.context);
        assertThrows(ModelBehindException.class, () -> send(score, "b"));
        assertEquals(List.of("a"), task.ids());

        task.posteriors().put(ScoringTask.model(), newest);
        ScoringProcessor successor = processor();
        successor.init(task.context);
        send(successor, "b");
        assertEquals(List.of("a", "b"), task.ids());
        assertEquals(learner.version(), ScorerMarks.read(task.marks(), "").version());
    }

    /** Puts a model that has learned one event where the scorer looks for it. */
    private OnlineLearner publish(Instant at) {
        OnlineLearner learner = OnlineLearner.create(config.model(), "");
        learner.fold(new Observation("", "x", 0, new FeatureVector(new float[] {1}), 2));
        task.publish(learner.state(), at, SourceOffsets.NONE);
        return learner;
    }

    private ScoringProcessor processor() {
        return task.processor(config);
    }

    private void punctuate(long now) {
        var punctuators = task.context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(now);
    }

    private void send(ScoringProcessor score, String id) {
        task.send(score, Rides.UNLABELLED, LabelRule.IGNORED, id, null);
    }
}
