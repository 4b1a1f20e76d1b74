package io.credence.tool.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.stream.avro.TrainingMetrics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PublishedMetricsTest {
    private final PublishedMetrics scores = new PublishedMetrics();

    @Test
    void shouldSubtractTheRecordNearestToHalfWhenAskedForTheLastHalf() {
        scores.add(metrics(30, 3000));
        scores.add(metrics(48, 9999));
        scores.add(metrics(54, 7777));
        scores.add(metrics(100, 9999 + 52 * 4));
        PublishedMetrics.Sums half = scores.lastHalf(100);
        assertEquals(52, half.n());
        assertEquals(2, half.rmse(), 1e-12);
        assertEquals(3, half.lastValueRmse(), 1e-12);
        assertEquals(5, half.runningMeanRmse(), 1e-12);
        assertEquals(0.5, half.coverage(), 1e-12);
    }

    @Test
    void shouldTakeTheNearestFromAboveWhenItIsNearer() {
        scores.add(metrics(40, 1));
        scores.add(metrics(51, 1));
        scores.add(metrics(100, 50));
        assertEquals(49, scores.lastHalf(100).n());
    }

    @Test
    void shouldCountFromTheMarkWhenTheModelHadLearnedBefore() {
        scores.begin(metrics(1000, 500));
        scores.add(metrics(1010, 540));
        assertEquals(10, scores.all().events());
        assertEquals(2, scores.all().rmse(), 1e-12);
    }

    @Test
    void shouldHaveNoMeasureWhenNothingIsLearned() {
        assertTrue(Double.isNaN(scores.all().rmse()));
    }

    private static TrainingMetrics metrics(long events, double squaredError) {
        return TrainingMetrics.newBuilder()
                .setModelKey("")
                .setModelEpoch(0)
                .setModelStep(events)
                .setEventsSeen(events)
                .setTimestamp(Instant.EPOCH)
                .setN(events)
                .setSumSquaredError(squaredError)
                .setSumLastValueSquaredError(events * 9.0)
                .setSumRunningMeanSquaredError(events * 25.0)
                .setCovered(events / 2)
                .build();
    }
}
